#!/bin/sh
# Brings the translations up to date with the source: collects the messages, puts them into every
# catalogue, compiles it. New messages come out empty, those no longer said are dropped.
set -eu
cd "$(dirname "$0")/.."

template=$(mktemp)
trap 'rm -f "$template"' EXIT

# Files without line numbers: a moved line must not change a catalogue.
.venv/bin/pybabel -q extract --project=KerjaDesa --add-location=file --sort-by-file \
    --output="$template" kerjadesa

for catalogue in resources/translations/*.po; do
    language=$(basename "$catalogue" .po)
    # No guesses: a message that resembles an old one is still another message.
    .venv/bin/pybabel -q update --locale="$language" --input-file="$template" \
        --output-file="$catalogue" --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
    .venv/bin/pybabel compile --locale="$language" --input-file="$catalogue" \
        --output-file="${catalogue%.po}.mo" --statistics
done
