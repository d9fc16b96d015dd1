#!/usr/bin/env bash
# Trains a model as the bundled one was: training/bundled-model.sh FOLDER [MINUTES]
set -euo pipefail

if (($# < 1 || $# > 2)); then
    printf 'bundled-model.sh: names a new folder for the model and perhaps minutes of training, for instance: training/bundled-model.sh another 28\n' >&2
    exit 2
fi

stemline=$(dirname "${BASH_SOURCE[0]}")/../stemline
"$stemline" config "$1" UNet --new-per-step 0.2 --last-share 0.02 --validation-chunks 12 \
    --augmentation-side-gain-share 0 \
    --augmentation-equaliser-db-share 0.7 --augmentation-equaliser-db-lowest=-3 --augmentation-equaliser-db-highest 3
"$stemline" train "$1" songs --minutes "${2:-28}"
