def as_html(bookmarks):
    lines = []
    for bookmark in bookmarks:
        lines.append(f"<dt>{bookmark.url}")
    return "\n".join(lines)
