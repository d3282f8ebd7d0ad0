# What a rule said, out of `perfctl check --format json`: nothing of the machine, of the run, or that perfctl works out from the rest.
# `to confirm` is a note that perfctl adds to suspicions.
def place: {path, line, column, end_line, end_column, start_byte, end_byte};
[
  .findings[]
  | (.place | place)
    + {message, severity, confidence, reach, symbol}
    + {related: [.related[] | (.place | place) + {message}]}
    + {notes: (.notes | map(select(.name != "to confirm") | {(.name): .value}) | add // {})}
    + {fix: (.fix | if . then {title, safety, edits: [.edits[] | {path, start_byte, end_byte, text}]} else null end)}
]
# Two findings at one place may come in either order.
| sort_by(.path, .start_byte, .end_byte, .message)
