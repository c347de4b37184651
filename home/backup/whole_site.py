"""Save a site that runs, and make an empty one what was saved."""

import shutil

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from events.erasure import erase_expired
from events.erasure_on_request import REGISTER, erase_again, register_path
from home.backup import archive, database, folders


class Refused(Exception):  # noqa: N818 - it is a refusal, not a fault
    """The site cannot be saved or restored as asked; the message says why, in words for the operator."""


def save(path):
    """Write a backup of the whole site to the new file `path`, while it runs; gives back what it holds."""
    if path.exists():
        raise Refused(f"{path} exists already. Name another file; a backup is never overwritten.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    made_at = timezone.now()
    with folders.workplace() as workplace:
        # Files before and after: what the database names in its moment was there before, or came since.
        folders.keep(workplace)
        facts = {"made_at": made_at.isoformat(timespec="seconds"), **database.save(workplace)}
        folders.keep(workplace)
        folders.keep_key(workplace)
        if register_path().exists():
            shutil.copyfile(register_path(), workplace / REGISTER)
        try:
            return archive.write(path, facts, workplace)
        except FileExistsError:
            raise Refused(f"{path} exists already: somebody else made it meanwhile.") from None


def restore(path, say):
    """Make this empty site what the backup `path` holds, and tell `say` each step in a sentence.

    Nothing is changed before the whole file has been checked. Personal data that is past its date, or whose
    owner asked for its erasure since the backup, is erased again.
    """
    refuse_unless_empty()
    with folders.workplace() as workplace, archive.opened(path) as tar:
        contents = archive.contents_of(tar)
        refuse_unless_fitting(contents)
        archive.unpack(tar, contents, workplace)
        say(f"The file is whole: {len(contents['members'])} parts, made {contents['made_at']}.")
        database.restore(workplace, contents["rows"])
        say(f"Database: {len(contents['rows'])} tables, {sum(contents['rows'].values())} rows, as saved.")
        say(f"Files: {folders.put_back(workplace)}.")
        if folders.put_back_key(workplace):
            say(
                "SECRET_KEY in the environment is not the one of the backup: links in letters sent before "
                f"lead nowhere. The old key is in {settings.VAR_DIR / folders.KEY}; set SECRET_KEY to it."
            )
        join_registers(workplace / REGISTER)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    erased = erase_expired()
    say(f"Past its date and erased: {erased.registrations} registrations, {erased.participants} people.")
    say(f"Erased on request before, and again: {erase_again()} people.")


def refuse_unless_empty():
    if not database.is_empty():
        raise Refused(
            "The database is not empty. A backup is restored into an empty site only: name another "
            "DATABASE_URL or ADIT_VAR_DIR, or empty this one yourself."
        )
    if filled := folders.filled():
        raise Refused(f"{filled[0]} holds files already. A backup is restored into an empty site only.")


def refuse_unless_fitting(contents):
    if contents["database"] != database.vendor():
        raise Refused(
            f"This is a backup of a site on {contents['database']}, and this site uses {database.vendor()}. "
            "Set DATABASE_URL to a database of that kind."
        )
    if later := database.unknown(contents["migrations"]):
        raise Refused(
            f"This backup was made by a newer version of Adit (it has {later[0]}). Install that one first."
        )


def join_registers(saved):
    """Add the saved register of erasures to the one that is here: neither may forget what the other knows."""
    if not saved.exists():
        return
    here = register_path()
    known = here.read_text().splitlines() if here.exists() else []
    lines = dict.fromkeys([*known, *saved.read_text().splitlines()])
    saved.write_text("".join(f"{line}\n" for line in lines))
    saved.chmod(0o600)
    shutil.move(saved, here)
