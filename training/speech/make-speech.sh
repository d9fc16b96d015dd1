#!/bin/sh
# Makes a folder of speech for training songs: sentences of its own making, spoken by the free voices of flite.
#
#   make-speech.sh FOLDER [FILES_PER_VOICE]
#
# 1. For each voice, FOLDER/VOICE/NNN.wav with five sentences each (some 15 seconds); 40 files a voice if not told.
# 2. A voice that this flite does not have is left out, and said so; without flite, or without any voice, it ends with 1.
# 3. What is there already is made anew; the same sentences every time. SEED=n in the environment gives others.
set -eu

folder=${1:?"usage: make-speech.sh FOLDER [FILES_PER_VOICE]"}
files=${2:-40}
seed=${SEED:-1}
voices=${VOICES:-"slt awb rms kal16"}

command -v flite >/dev/null || { echo "flite is not installed (Debian: apt-get install flite)" >&2; exit 1; }

# Sentences from word lists, by a generator of its own (Park and Miller 1988), so that every awk says the same.
sentences() {
    awk -v state="$1" '
    function below(n) { state = (state * 16807) % 2147483647; return int(state / 2147483647 * n) }
    function pick(list,   words, n) { n = split(list, words, " "); return words[below(n) + 1] }
    function noun_phrase() {
        return pick(DETERMINERS) (below(2) ? " " pick(ADJECTIVES) : "") " " pick(NOUNS)
    }
    function place() { return pick(PREPOSITIONS) " " noun_phrase() }
    function sentence(   kind) {
        kind = below(5)
        if (kind == 0) return noun_phrase() " " pick(VERBS) " " noun_phrase()
        if (kind == 1) return noun_phrase() " " pick(GOING) " " place()
        if (kind == 2) return pick(PERSONS) " " pick(VERBS) " " noun_phrase() " " place()
        if (kind == 3) return "why " pick(PAST) " " pick(PERSONS) " " pick(ADVERBS) " " pick(GOING) " " place()
        return pick(ADVERBS) ", " pick(PERSONS) " " pick(GOING) ", and " noun_phrase() " " pick(VERBS) " " pick(OBJECTS)
    }
    BEGIN {
        DETERMINERS = "the every another some this my your our no"
        ADJECTIVES = "silver hollow yellow thirsty frozen gentle shameless purple loud vague cheap smooth heavy joyful broken azure"
        NOUNS = "river shadow mountain engine garden window thunder fish voyage castle measure judge zebra choir bridge ocean feather king mother year"
        VERBS = "washes changes follows shakes burned carries believes throws moved chases forgave measures watches sings pulled joins"
        GOING = "runs falls rises vanishes dances whispered slept jumps floated laughs hurries breathes"
        PREPOSITIONS = "over under behind through beyond without against near inside above"
        PERSONS = "she he nobody everyone somebody Joshua Ruth Vivian George"
        PAST = "has had could should would"
        ADVERBS = "slowly never always usually thoughtfully easily again tonight yesterday"
        OBJECTS = "me you them us everything nothing"
        for (i = 0; i < 5; i++) printf "%s. ", sentence()
    }'
}

made=0
number=$seed
mkdir -p "$folder"
for voice in $voices; do
    if ! flite -lv 2>/dev/null | tr ' ' '\n' | grep -qx "$voice"; then
        echo "flite has no voice $voice: left out" >&2
        continue
    fi
    mkdir -p "$folder/$voice"
    file=1
    while [ "$file" -le "$files" ]; do
        number=$((number + 7919))
        flite -voice "$voice" -t "$(sentences "$number")" -o "$folder/$voice/$(printf %03d "$file").wav"
        made=$((made + 1))
        file=$((file + 1))
    done
done
[ "$made" -gt 0 ] || { echo "none of the voices is there: $voices" >&2; exit 1; }
echo "$folder: $made recordings"
