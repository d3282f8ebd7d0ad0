from reportlab import platypus  # finding: PERF-001


def label(text):
    return platypus.Paragraph(text).text
