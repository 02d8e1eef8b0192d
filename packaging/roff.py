"""Converts text and pages in Markdown to roff, the language of manual pages."""
import re

SPECIAL = {"†": "\\(dg", "–": "\\(en", "—": "\\(em", "…": "..."}
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
CODE = re.compile(r"`([^`]*)`")
STRONG = re.compile(r"\*\*([^*]*)\*\*")
LIST_ITEM = re.compile(r"(?:[-*]|\d+\.) +")


def escaped(text):
    """Returns text without the special characters of roff."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    for character, escape in SPECIAL.items():
        text = text.replace(character, escape)
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.M)


def inline(text):
    """Returns a text in Markdown as roff: code and strong text are bold, links are their text."""
    text = escaped(LINK.sub(r"\1", text))
    return re.sub(r"^([.'])", r"\\&\1", STRONG.sub(r"\\fB\1\\fR", CODE.sub(r"\\fB\1\\fR", text)), flags=re.M)


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(lines):
    """Returns a tagged paragraph for each row; a column `default` follows the tag."""
    header, rows = cells(lines[0]), [cells(line) for line in lines[2:]]
    default = header.index("default") if "default" in header else None
    for row in rows:
        tag = inline(row[0]) + (f" (default: {inline(row[default])})" if default is not None else "")
        text = " ".join(cell for index, cell in enumerate(row) if index not in (0, default))
        yield f".TP 7\n{tag}\n{inline(text)}"


def bullets(lines):
    items = []
    for line in lines:
        mark = LIST_ITEM.match(line)
        if mark:
            items.append((mark[0].strip(), [line[mark.end():]]))
        else:
            items[-1][1].append(line.strip())
    for mark, texts in items:
        yield (f".IP {mark} 4" if mark[0].isdigit() else ".IP \\[u2022] 2") + f"\n{inline(' '.join(texts))}"


def page(markdown):
    """Returns the blocks of a page; its title is left out, and headings are sections."""
    for block in re.split(r"\n{2,}", markdown.strip()):
        lines = block.split("\n")
        if "```" in block:
            raise ValueError(f"code blocks are not converted: {lines[0]}")
        if block.startswith("# "):
            continue
        if block.startswith("## "):
            yield f".SH {escaped(block[3:].upper())}"
        elif block.startswith("|"):
            yield from table(lines)
        elif LIST_ITEM.match(block):
            yield from bullets(lines)
        else:
            yield f".PP\n{inline(' '.join(lines))}"
