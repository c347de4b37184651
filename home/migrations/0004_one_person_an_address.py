"""One person for each mailbox, whatever capitals, marks that nobody sees or spelling of the host they typed.

Addresses become what is kept from now on (network.mailboxes.kept). What then turns out to be the same is joined;
every join is printed, and logged by its keys alone. Nothing that people wrote or did is lost:

Accounts. One stays: an open one before a closed one, then one whose owner has shown that the mailbox is theirs,
then one with a second factor, then the last to sign in, then the oldest. Only its password, second factors and
sessions go on: whoever has the mailbox could have had any of them, whoever made a look-alike must gain nothing.
What the others wrote, decided, keep or belong to is moved to it. Rights (groups, memberships, administration) are
moved too, but never those of a closed account. What the one that stays has already (the same saved search, the
same membership) stays with the other, which is closed and keeps an address that is none; of two memberships in one
organisation, who is a contact person in either is one.
Their further addresses are moved; of an address that two people have shown to be theirs, the account whose own it
is keeps it, else the older one.

People at events. The one with an account stays, else the first; what it does not say of itself, the other one says.
Registrations are moved. Two at the same event become one: who was there, then who has a place, waits, has asked,
then the earlier. It takes over the history, the presence, the answers and the wishes of the other; both must have
agreed to be named. The other's personal link ends. A place that becomes free so is printed: it goes to who waits
once the organiser saves the places of the event. Of two people with different accounts both stay, and the second
is written to at the address of the account.

Organisers of an event are named once. Codes, ids and synonyms that others are compared with lose their marks where
that makes no double; where it would, both stay as they are and are printed.
"""

import logging
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, migrations, transaction

from language.typed import as_key
from network.mailboxes import kept

log = logging.getLogger("adit.one_person")
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Ways to sign in and what is open in a browser: they stay, or go, with the account they are of.
OF_THE_ACCOUNT = {
    "account.emailaddress",
    "mfa.authenticator",
    "wagtailadmin.editingsession",
    "wagtailadmin.formstate",
    "wagtailcore.apitoken",
}
RIGHTS = {"network.user_groups", "network.user_user_permissions", "network.membership"}
BEST_FIRST = ("confirmed", "waiting", "held", "asked")
# What others are looked up by, and the columns that make a row unique with it.
COMPARED = [
    ("knowledge", "ImportedRecord", "import_set"),
    ("knowledge", "ImportedRecord", "external_id"),
    ("network", "Project", "acronym"),
    ("search", "SynonymSet", "name"),
    ("search", "SynonymTerm", "text"),
]
WRITTEN_TO = [
    ("network", "Letter", "to"),
    ("events", "LearningEventPage", "contact"),
    ("home", "SiteIdentity", "contact_address"),
]


def one_person_an_address(apps, schema_editor):
    join_accounts(apps)
    clean_addresses_of_accounts(apps)
    join_people(apps)
    join_organisers(apps)
    for app, model, column in WRITTEN_TO:
        rewrite(apps.get_model(app, model), column, kept)
    for app, model, column in COMPARED:
        rewrite(apps.get_model(app, model), column, as_key)


def tell(sentence, *keys, **private):
    """Print the sentence for who runs the migration; the log gets it without addresses."""
    print("  " + sentence.format(*keys, **private))  # noqa: T201
    log.info(sentence.format(*keys, **dict.fromkeys(private, "…")))


def rewrite(model, column, clean):
    """Every value of the column as it is kept; one that would be a double stays."""
    for pk, text in list(model.objects.exclude(**{column: ""}).values_list("pk", column)):
        if text is None or clean(text) == text:
            continue
        try:
            with transaction.atomic():
                model.objects.filter(pk=pk).update(**{column: clean(text)})
        except IntegrityError:
            sentence = "{} {}: {text} stays, because the same is there without its marks."
            tell(sentence, model._meta.label, pk, text=repr(text))


def by_address(rows):
    """{address as it is kept: rows}."""
    found = {}
    for row in rows:
        found.setdefault(kept(row.email), []).append(row)
    return found


# Accounts


def join_accounts(apps):
    User, EmailAddress = apps.get_model("network", "User"), apps.get_model("account", "EmailAddress")
    shown = {(row.user_id, kept(row.email)) for row in EmailAddress.objects.filter(verified=True)}
    factors = set(apps.get_model("mfa", "Authenticator").objects.values_list("user_id", flat=True))
    for address, accounts in by_address(User.objects.order_by("pk")).items():
        accounts.sort(
            key=lambda one: (
                one.is_active,
                (one.pk, address) in shown,
                one.pk in factors,
                one.last_login or LONG_AGO,
                -one.pk,
            ),
            reverse=True,
        )
        stays, *others = accounts
        for other in others:
            join_account(apps, stays, other)
        if stays.email != address:
            before = repr(stays.email)
            tell("Account {}: {before} is kept as {after}.", stays.pk, before=before, after=address)
            User.objects.filter(pk=stays.pk).update(email=address)


def join_account(apps, stays, other):
    moves_rights = other.is_active
    left = 0
    for relation in type(other)._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        label = relation.related_model._meta.label_lower
        if label in OF_THE_ACCOUNT or (label in RIGHTS and not moves_rights) or label == "events.participant":
            continue
        left += move(relation.related_model, relation.field.name, other, stays)
    if moves_rights:
        Membership = apps.get_model("network", "Membership")
        contact_for = Membership.objects.filter(user=other, role="contact").values_list("organisation", flat=True)
        Membership.objects.filter(user=stays, organisation__in=list(contact_for)).update(role="contact")
        stays.is_staff = stays.is_staff or other.is_staff
        stays.is_superuser = stays.is_superuser or other.is_superuser
    stays.first_name = stays.first_name or other.first_name
    stays.last_name = stays.last_name or other.last_name
    stays.save(update_fields=["is_staff", "is_superuser", "first_name", "last_name"])
    join_participants_of(apps, stays, other)
    apps.get_model("mfa", "Authenticator").objects.filter(user=other).delete()
    move_addresses(apps, stays, other)
    tell(
        "Account {} ({second}) is joined into account {} ({first}); {} rows that it had too stay with it.",
        other.pk,
        stays.pk,
        left,
        first=stays.email,
        second=repr(other.email),
    )
    other.email, other.is_active = f"joined-{other.pk}@invalid.invalid", False
    other.is_staff = other.is_superuser = False
    other.password = make_password(None)
    other.save()


def move(model, column, before, after):
    """Give the rows of one to the other; gives back how many would be doubles, and stay."""
    rows = model._base_manager.filter(**{column: before})
    try:
        with transaction.atomic():
            rows.update(**{column: after})
        return 0
    except IntegrityError:
        left = 0
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=pk).update(**{column: after})
        except IntegrityError:
            left += 1
    return left


def move_addresses(apps, stays, other):
    EmailAddress = apps.get_model("account", "EmailAddress")
    known = {kept(row.email) for row in EmailAddress.objects.filter(user=stays)}
    own = kept(stays.email)
    for row in EmailAddress.objects.filter(user=other).order_by("pk"):
        if kept(row.email) in known or kept(row.email) == own:
            row.delete()
        else:
            row.user, row.primary = stays, False
            row.save()


def clean_addresses_of_accounts(apps):
    EmailAddress = apps.get_model("account", "EmailAddress")
    for address, rows in by_address(EmailAddress.objects.select_related("user").order_by("pk")).items():
        of_users = {}
        for row in rows:
            first = of_users.setdefault(row.user_id, row)
            if first is not row:
                first.verified, first.primary = first.verified or row.verified, first.primary or row.primary
                row.delete()
        verified = [row for row in of_users.values() if row.verified]
        verified.sort(key=lambda row: row.user.email != address)
        for row in verified[1:]:
            row.verified = False
            whose = verified[0].user_id
            tell("Account {}: {second} is the address of account {}.", row.user_id, whose, second=address)
        # Those that give something up first.
        for row in sorted(of_users.values(), key=lambda row: row.verified):
            row.email = address
            row.save()


# People at events


def join_participants_of(apps, stays, other):
    Participant = apps.get_model("events", "Participant")
    second = Participant.objects.filter(user=other).first()
    if second is None:
        return
    first = Participant.objects.filter(user=stays).first()
    if first is None:
        Participant.objects.filter(pk=second.pk).update(user=stays)
    else:
        join_participants(apps, first, second)


def join_people(apps):
    Participant = apps.get_model("events", "Participant")
    for address, people in by_address(Participant.objects.exclude(email="").order_by("pk")).items():
        people.sort(key=lambda one: one.user_id is None)
        stays, *others = people
        for other in others:
            if other.user_id is None:
                join_participants(apps, stays, other)
            else:
                write_to_account(Participant, other)
        if stays.email != address:
            before = repr(stays.email)
            tell("Participant {}: {before} is kept as {after}.", stays.pk, before=before, after=address)
            Participant.objects.filter(pk=stays.pk).update(email=address)


def write_to_account(Participant, person):
    address = kept(person.user.email)
    if Participant.objects.exclude(pk=person.pk).filter(email=address).exists():
        address = f"apart-{person.pk}@invalid.invalid"
    Participant.objects.filter(pk=person.pk).update(email=address)
    tell("Participant {} is another account’s and is written to at {address}.", person.pk, address=address)


def join_participants(apps, stays, other):
    Registration = apps.get_model("events", "Registration")
    for registration in Registration.objects.filter(participant=other).order_by("pk"):
        twin = Registration.objects.filter(participant=stays, event=registration.event_id).first()
        if twin is None:
            registration.participant = stays
            registration.save()
        else:
            join_registrations(apps, twin, registration)
    for name in ("name", "country", "organisation_id", "organisation_as_stated", "region_id", "user_id"):
        if not getattr(stays, name):
            setattr(stays, name, getattr(other, name))
    if stays.organisation_id:
        stays.organisation_as_stated = ""
    tell(
        "Participant {} ({second}) is joined into participant {} ({first}).",
        other.pk,
        stays.pk,
        first=stays.email,
        second=repr(other.email),
    )
    other.delete()
    stays.save()


def join_registrations(apps, one, two):
    PlaceChange, Letter = apps.get_model("events", "PlaceChange"), apps.get_model("network", "Letter")
    Attendance, SurveyAnswer = apps.get_model("events", "Attendance"), apps.get_model("events", "SurveyAnswer")

    def worth(registration):
        was_there = Attendance.objects.filter(registration=registration, presence="present").exists()
        state = registration.state
        rank = BEST_FIRST.index(state) if state in BEST_FIRST else len(BEST_FIRST)
        return not was_there, rank, registration.number, registration.pk

    best, rest = sorted((one, two), key=worth)
    stays = one.participant
    is_to_come = best.event.start > datetime.now(UTC)
    frees_a_place = is_to_come and {best.state, rest.state} <= {"confirmed", "held"}
    PlaceChange.objects.filter(registration=rest).update(registration=best)
    for model in (Attendance, SurveyAnswer):
        if not model.objects.filter(registration=best).exists():
            model.objects.filter(registration=rest).update(registration=best)
    mine, theirs = (SurveyAnswer.objects.filter(registration=row).first() for row in (best, rest))
    if theirs and theirs.comment and theirs.comment != mine.comment:
        mine.comment = "\n\n".join(filter(None, [mine.comment, theirs.comment]))
        mine.save()
    if rest.needs and rest.needs != best.needs:
        best.needs = "; ".join(filter(None, [best.needs, rest.needs]))[:300]
    best.shows_name = best.shows_name and rest.shows_name
    best.registered_at = min(best.registered_at, rest.registered_at)
    cause = "Joined with a second registration of the same person"
    PlaceChange.objects.create(registration=best, state=best.state, mode=best.mode, cause=cause)
    # A letter that has not left would carry a link that leads nowhere.
    second, about = rest.pk, f"registration:{rest.pk}"
    Letter.objects.filter(about=about, sent_at=None, ended_at=None).update(ended_at=datetime.now(UTC), text="")
    Letter.objects.filter(about=about).update(about=f"registration:{best.pk}")
    rest.delete()
    best.participant = stays
    best.save()
    tell("Event {}: registration {} is joined into registration {}.", best.event_id, second, best.pk)
    if frees_a_place:
        sentence = "Event {}: a place has become free. Save its places once, and it goes to who waits."
        tell(sentence, best.event_id)


def join_organisers(apps):
    EventOrganiser = apps.get_model("events", "EventOrganiser")
    known = set()
    for row in EventOrganiser.objects.order_by("pk"):
        named = row.event_id, kept(row.email)
        if named in known:
            row.delete()
            tell("Event {}: {address} was named twice as organiser.", row.event_id, address=named[1])
        else:
            known.add(named)
    rewrite(EventOrganiser, "email", kept)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_operator"),
        ("search", "0008_rows_behind_in_order"),
        ("progress", "0001_initial"),
        ("events", "0007_attached_lists_without_addresses"),
        ("knowledge", "0008_taken_up"),
        ("network", "0008_sendable_addresses"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(one_person_an_address, migrations.RunPython.noop)]
