"""The format of this pack. `perfctl schema run` describes the record that it gets."""

from perfctl_plugin.reporter import formats


# Called once per report. Unrenderable says why there is no such document of this record.
def lines(record, view):
    """A line for each finding."""
    findings = [
        one
        for one in record["findings"]
        if (view.suspicions or one["confidence"] != "low") and (view.silenced or "silenced" not in one)
    ]
    head = f"{record['source']['name']}: {len(findings)} finding{'' if len(findings) == 1 else 's'}"
    body = (
        f"{one['severity']} {one['rule']} {one['place']['path']}:{one['place']['line']} {one['message']}"
        for one in findings
    )
    return "\n".join([head, *body]) + "\n"


Rendering = formats({"NEW-PACK": lines})
