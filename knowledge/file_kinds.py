"""What a document must be inside to bear the ending of its name."""

import re
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The part that makes a zip container a document of its kind.
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OPEN_DOCUMENTS = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
HTML = re.compile(
    r"\A[\s\ufeffï»¿]*<(?:!doctype|html|head|body|svg|\?xml|!--)|<(?:script|iframe|html)[\s>]", re.IGNORECASE
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# A text is looked at as far as a browser would look to guess what it is, and much farther.
LOOKED_AT = 1024 * 1024


def check_content(file, ending):
    """Refuse, with a sentence, a file whose content is not what the ending of its name says."""
    checks = {"pdf": is_pdf, "csv": is_text, "txt": is_text}
    is_right = checks.get(ending, is_container)(file, ending)
    file.seek(0)
    if not is_right:
        raise ValidationError(
            _("Its name ends in .%(ending)s, but its content is something else. Save it again as %(kind)s.")
            % {"ending": ending, "kind": _("plain text") if ending in ("csv", "txt") else ending.upper()},
            code="other_content",
        )


def is_pdf(file, ending):
    return start_of(file, 5) == b"%PDF-"


def is_container(file, ending):
    """A zip file, and for office files one of that kind."""
    if start_of(file, 4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        return False
    try:
        with zipfile.ZipFile(file) as container:
            names = set(container.namelist())
            if part := OFFICE_PARTS.get(ending):
                return {part, "[Content_Types].xml"} <= names
            if kind := OPEN_DOCUMENTS.get(ending):
                if "mimetype" not in names or container.getinfo("mimetype").file_size > 200:
                    return False
                return container.read("mimetype").decode("ascii").strip() == kind
            return ending == "zip"
    except Exception:  # zipfile raises whatever it stumbles over
        return False


def is_text(file, ending):
    """Text in any alphabet that spreadsheets write, and no web page."""
    content = start_of(file, LOOKED_AT)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content[: len(content) // 2 * 2].decode("utf-16", errors="replace")
    else:
        # Older spreadsheets write one byte a letter, in the alphabet of their country: any will do here.
        text = content.decode("latin-1")
    return not CONTROLS.search(text) and not HTML.search(text[:4096])


def start_of(file, length):
    file.seek(0)
    return file.read(length)
