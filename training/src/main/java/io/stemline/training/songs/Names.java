package io.stemline.training.songs;

import java.util.List;

/** Names for artists and songs that nobody has. */
record Names(String artist, String title) {
    private static final List<String> FIRST = List.of(
            "Amber",
            "Copper",
            "Distant",
            "Electric",
            "Feather",
            "Glass",
            "Hollow",
            "Indigo",
            "Juniper",
            "Lantern",
            "Marble",
            "Northern",
            "Orchard",
            "Paper",
            "Quiet",
            "River",
            "Saffron",
            "Tidal",
            "Velvet",
            "Winter");
    private static final List<String> SECOND = List.of(
            "Arcade",
            "Birds",
            "Company",
            "Engine",
            "Foxes",
            "Gardens",
            "Harbour",
            "Islands",
            "Kites",
            "Letters",
            "Mirrors",
            "Orbit",
            "Parade",
            "Radio",
            "Satellites",
            "Theatre",
            "Union",
            "Valley",
            "Weather",
            "Youth");
    private static final List<String> VERBS = List.of(
            "Calling",
            "Chasing",
            "Counting",
            "Drawing",
            "Finding",
            "Following",
            "Holding",
            "Leaving",
            "Losing",
            "Naming",
            "Passing",
            "Reading",
            "Saving",
            "Turning",
            "Waiting for",
            "Walking");
    private static final List<String> NOUNS = List.of(
            "Avenues",
            "Clouds",
            "Daylight",
            "Embers",
            "Footsteps",
            "Home",
            "Lights",
            "Miles",
            "Oceans",
            "Shadows",
            "Signals",
            "Stones",
            "the Coast",
            "the Morning",
            "the Rain",
            "Windows");

    static Names of(Dice dice) {
        return new Names(dice.pick(FIRST) + " " + dice.pick(SECOND), dice.pick(VERBS) + " " + dice.pick(NOUNS));
    }
}
