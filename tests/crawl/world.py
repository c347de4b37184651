"""A site with one of everything that somebody owns, each holding words that only some people may read.

Who may read what is written here by hand, by role, and asked of no code of the site. A new owned model gets a
marker here, and the crawler looks for it at every address.
"""

import re
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Comment, Page, PageViewRestriction

from events.choices import AttendanceMode
from events.models import EventOrganiser, JoinLink, PlaceChange
from knowledge import claims, review
from knowledge.models import Picture, SourceDocument, Validation
from network.models import Letter, Partner, Setback
from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from progress.models import ReportingPeriod
from search.models import SavedSearch, SynonymSet
from tests.factories import (
    AttendanceFactory,
    EvidenceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
    RawMaterialFactory,
    RegionFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
    TakenUpFactory,
    UserFactory,
    complete_practice,
)
from tests.factories.progress import TargetFactory, indicator

VISITOR = "visitor"
PLAIN = "person without group"
AUTHOR = "contributor"
COLLEAGUE = "colleague"
RIVAL = "contributor of a rival"
ORGANISER = "named organiser"
EXPERT = "expert"
AUDITOR = "auditor"
OFFICER = "officer"
ADMINISTRATOR = "administrator"
ROLES = (VISITOR, PLAIN, AUTHOR, COLLEAGUE, RIVAL, ORGANISER, EXPERT, AUDITOR, OFFICER, ADMINISTRATOR)

FILE = "file that nothing shows"

# Who may read what: one line for each way of being owned.
STAFF = {OFFICER, ADMINISTRATOR}
OWNERS = {AUTHOR, COLLEAGUE} | STAFF
READERS = {
    "draft": OWNERS | {EXPERT, AUDITOR},
    "decision": OWNERS | {EXPERT, AUDITOR},
    "draft of the rivals": {RIVAL, EXPERT, AUDITOR} | STAFF,
    "evidence of a draft": OWNERS | {EXPERT, AUDITOR},
    "evidence for the project": OWNERS | {AUDITOR},
    "evidence for auditors": OWNERS | {AUDITOR},
    FILE: OWNERS | {AUDITOR},
    "picture of a draft": OWNERS | {EXPERT, AUDITOR},
    "who takes part": OWNERS | {ORGANISER},
    "list of who was there": OWNERS | {ORGANISER, AUDITOR},
    "account": STAFF,
    "letter": set(),
    "set aside": STAFF,
    "search of its own": {AUTHOR},
    "words of officers": STAFF,
}

MARKER = re.compile(r"zq\d{3}qz")


class Markers:
    """The words that are looked for, each with what it is and who may read it."""

    def __init__(self):
        self.of = {}

    def __call__(self, what, owned):
        """A new word that stands in this thing, owned in this way."""
        word = f"zq{len(self.of):03}qz"
        self.of[word] = (what, READERS[owned])
        return word

    def leaks(self, text, role):
        """What this text tells that this role may not read."""
        found = set(MARKER.findall(text.lower()))
        return sorted(
            f"{self.of[word][0]} ({word})"
            for word in found
            if word in self.of and role not in self.of[word][1]
        )


class World:
    """Everybody and everything; `people` by role (none for the visitor), `markers`, and rows by name."""

    def __init__(self):
        self.markers = Markers()
        self.rows = {}
        self.make_people()
        self.make_practices()
        self.make_instruments()
        self.make_evidence()
        self.make_files()
        self.make_events()
        self.make_links()
        self.make_the_rest()

    def make_people(self):
        self.authority = OrganisationFactory(name="Council of the lake", region=RegionFactory())
        self.rivals = OrganisationFactory(name="Council of the hill")

        def person(address, *groups, organisation=None, **fields):
            user = UserFactory(
                email=f"{address}@example.org", groups=Group.objects.filter(name__in=groups), **fields
            )
            if organisation:
                MembershipFactory(user=user, organisation=organisation)
            return user

        self.people = {
            VISITOR: None,
            PLAIN: person("plain"),
            AUTHOR: person("author", CONTRIBUTORS, organisation=self.authority),
            COLLEAGUE: person("colleague", CONTRIBUTORS, organisation=self.authority),
            RIVAL: person("rival", CONTRIBUTORS, organisation=self.rivals),
            ORGANISER: person("organiser", CONTRIBUTORS),
            EXPERT: person("expert", EXPERTS),
            AUDITOR: person("auditor", AUDITORS),
            OFFICER: person("officer", OFFICERS),
            ADMINISTRATOR: person("administrator", ADMINISTRATORS, is_superuser=True, is_staff=True),
        }
        mark = self.markers
        self.quiet = person(
            mark("e-mail address of a member", "account"),
            first_name=mark("first name of a member", "account"),
            last_name=mark("last name of a member", "account"),
            organisation=self.authority,
        )

    def make_practices(self):
        mark, author, officer = self.markers, self.people[AUTHOR], self.people[OFFICER]
        own = {"owner": author, "organisation": self.authority}
        links = {
            "regions": [RegionFactory()],
            "raw_materials": [RawMaterialFactory()],
            "focus_areas": [FocusAreaFactory()],
        }

        draft = complete_practice(
            title=mark("title of a draft", "draft"),
            slug="a-draft",
            summary=mark("summary of a draft", "draft"),
            challenge=f"<p>{mark('text of a draft', 'draft')}</p>",
            **own,
            **links,
        )
        draft.keywords.add(mark("keyword of a draft", "draft"))
        draft.save_revision(user=author, log_action=True)
        comment = mark("comment in the margin of a draft", "draft")
        Comment.objects.create(page=draft, user=author, text=comment, contentpath="title")

        waiting = complete_practice(
            title=mark("title of a page in review", "draft"), slug="in-review", **own, **links
        )
        waiting.save_revision(user=author, log_action=True)
        review.submit(waiting, author)

        returned = complete_practice(
            title=mark("title of a page sent back", "draft"), slug="sent-back", **own, **links
        )
        returned.save_revision(user=author, log_action=True)
        review.submit(returned, author)
        state = returned.current_workflow_task_state.specific
        state.reject(user=officer, comment=mark("why a page was sent back", "decision"))

        public = complete_practice(title="The public practice", slug="public", **own, **links)
        public.save_revision(user=author, log_action=True)
        review.submit(public, author)
        state = public.current_workflow_task_state.specific
        state.approve(user=officer, comment=mark("comment of an approval", "decision"))
        log(
            instance=public,
            action="knowledge.count",
            user=officer,
            data={"comment": mark("comment of a count", "decision")},
        )
        public.refresh_from_db()
        Validation.objects.create(page=public, kind="counted", by=officer)
        public.title = mark("new title of a public page, not published yet", "draft")
        public.summary = mark("new summary of a public page, not published yet", "draft")
        public.save_revision(user=author, log_action=True)

        restricted = GoodPracticePageFactory(
            title=mark("title of a page for some groups only", "draft"), slug="restricted", **own
        )
        restricted.save_revision(user=author)
        groups = PageViewRestriction.objects.create(page=restricted, restriction_type="groups")
        groups.groups.set(Group.objects.filter(name__in=[OFFICERS, EXPERTS, AUDITORS]))
        GoodPracticePageFactory(title="A practice of the rivals", slug="rivals", owner=self.people[RIVAL])
        self.practice, self.draft = public, draft
        self.closed = [draft, waiting, returned, restricted]

    def make_instruments(self):
        mark, author = self.markers, self.people[AUTHOR]
        own = {"owner": author, "organisation": self.authority}
        self.instrument = PolicyInstrumentPageFactory(title="The public instrument", slug="instrument", **own)
        self.instrument.save_revision(user=author)
        self.draft_instrument = PolicyInstrumentPageFactory(
            title=mark("title of an instrument's draft", "draft"),
            slug="draft-instrument",
            live=False,
            first_published_at=None,
            **own,
        )
        self.draft_instrument.save_revision(user=author)
        self.change = PolicyChangeFactory(
            instrument=self.draft_instrument,
            title=mark("title of a claim", "draft"),
            what_changed=mark("what a claim says", "draft"),
            before=mark("text before, of a claim", "draft"),
            attribution_note=mark("note of a claim", "draft"),
            learned_otherwise=mark("source of a claim", "draft"),
            decided_by=self.authority,
            claimed_by=author,
        )
        inspired = {"taken": mark("what a claim took", "draft"), "adapted": ""}
        self.change.inspirations.create(practice=self.practice, **inspired)
        self.change.save()
        self.public_change = PolicyChangeFactory(
            instrument=self.instrument,
            title="The public change",
            decided_by=self.authority,
        )
        officer = self.people[OFFICER]
        TakenUpFactory(change=self.public_change, by=officer)
        self.claim = PolicyChangeFactory(
            instrument=self.instrument,
            title=mark("title of a claim that nobody took up", "draft"),
            what_changed=mark("what a claim that nobody took up says", "draft"),
            decided_by=self.authority,
            claimed_by=author,
        )
        reason = mark("why a change was not accepted", "decision")
        data = {"comment": reason}
        log(instance=self.public_change, action="knowledge.decline", user=officer, data=data)
        self.closed.append(self.draft_instrument)

    def make_evidence(self):
        mark, author = self.markers, self.people[AUTHOR]

        def attach(owned, confidentiality, file=True, **subject):
            name = f"evidence, {confidentiality} ({owned})"
            document = SourceDocument.objects.create(
                title=mark(f"title of a file of {name}", owned),
                file=ContentFile(
                    f"Said: {mark(f'words of a file of {name}', owned)}".encode(),
                    name=f"{mark(f'name of a file of {name}', owned)}.txt",
                ),
                uploaded_by_user=author,
            )
            return EvidenceFactory(
                title=mark(f"title of {name}", owned),
                claim="" if confidentiality != "public" else "Proved",
                issuer=mark(f"issuer of {name}", owned),
                confidentiality=confidentiality,
                document=document,
                url="",
                added_by=author,
                **subject,
            )

        self.evidence = [
            attach("evidence of a draft", "public", page=self.draft),
            attach("evidence for the project", "project", page=self.practice),
            attach("evidence for auditors", "auditor", page=self.practice),
            attach("evidence for auditors", "auditor", change=self.change),
            attach("evidence for auditors", "auditor", change=self.public_change),
        ]
        claims.accept(self.evidence[2], self.people[OFFICER])

    def make_files(self):
        mark, author = self.markers, self.people[AUTHOR]
        self.file = SourceDocument.objects.create(
            title=mark("title of a file that nothing shows", FILE),
            file=ContentFile(
                f"Said: {mark('words of a file that nothing shows', FILE)}".encode(),
                name=f"{mark('name of a file that nothing shows', FILE)}.txt",
            ),
            credit=mark("credit of a file that nothing shows", FILE),
            uploaded_by_user=author,
        )
        self.file.tags.add(mark("tag of a file that nothing shows", FILE))
        self.picture = Picture.objects.create(
            title=mark("title of a draft's picture", "picture of a draft"),
            description=mark("description of a draft's picture", "picture of a draft"),
            credit=mark("credit of a draft's picture", "picture of a draft"),
            licence="cc-by-4.0",
            file=get_test_image_file(filename=f"{mark('name of a picture', 'picture of a draft')}.png"),
            uploaded_by_user=author,
        )
        self.draft.picture = self.picture
        self.draft.save()
        self.draft.save_revision(user=author)

    def make_events(self):
        mark, author, organiser = self.markers, self.people[AUTHOR], self.people[ORGANISER]
        own = {"owner": author, "organisation": self.authority}
        draft = LearningEventPageFactory(
            title=mark("title of an event's draft", "draft"),
            slug="draft-event",
            live=False,
            first_published_at=None,
            **own,
        )
        draft.save_revision(user=author)
        self.event = LearningEventPageFactory(title="The public event", slug="event", mode="hybrid", **own)
        self.event.save_revision(user=author)
        past = LearningEventPageFactory(title="The past event", slug="past", days=-3, **own)
        past.save_revision(user=author)
        self.events = [self.event, past]
        self.draft_event = draft
        self.closed.append(draft)
        link = mark("join link", "who takes part")
        JoinLink.objects.create(
            event=self.event,
            url=f"https://example.org/{link}",
            code=mark("code of the join link", "who takes part"),
        )
        for event in self.events:
            EventOrganiser.objects.create(event=event, email=organiser.email)
            registration = RegistrationFactory(
                event=event,
                participant=ParticipantFactory(
                    name=mark("name of a participant", "who takes part"),
                    email=f"{mark('address of a participant', 'who takes part')}@example.org",
                    organisation_as_stated=mark("organisation of a participant", "who takes part"),
                ),
                needs=mark("what a participant needs", "who takes part"),
                cancel_reason=mark("why a participant left", "who takes part"),
            )
            PlaceChange.objects.create(
                registration=registration,
                state="confirmed",
                mode=AttendanceMode.ON_SITE,
                cause=mark("cause of a change of a place", "who takes part"),
            )
            AttendanceFactory(registration=registration)
            SurveyAnswerFactory(
                registration=registration, comment=mark("answer of a participant", "who takes part")
            )
        # A guest whose link is known to whoever walks: nothing is looked for there but what others own.
        self.guest = RegistrationFactory(event=self.event)
        lists = "list of who was there"
        document = SourceDocument.objects.create(
            title=mark("title of an attendance list", lists),
            file=ContentFile(
                f"Was there: {mark('words of an attendance list', lists)}".encode(),
                name=f"{mark('name of an attendance list', lists)}.csv",
            ),
            uploaded_by_user=organiser,
        )
        list_of = {"kind": "attendance-list", "confidentiality": "auditor", "added_by": organiser}
        title = mark("title of the evidence of who was there", lists)
        self.evidence.append(EvidenceFactory(page=past, title=title, document=document, url="", **list_of))

    def make_links(self):
        """What is public names drafts, and drafts of rivals name what is public; neither tells."""
        self.event.practices.add(self.practice, self.draft)
        self.event.instruments.add(self.draft_instrument)
        self.event.save()
        self.public_change.inspirations.create(practice=self.draft, taken="", adapted="")
        self.public_change.save()
        self.public_change.learned_at.add(self.draft_event)

        mark, rival, owned = self.markers, self.people[RIVAL], "draft of the rivals"
        own = {"owner": rival, "organisation": self.rivals, "live": False, "first_published_at": None}
        instrument = PolicyInstrumentPageFactory(
            title=mark("title of a rivals' instrument", owned), slug="rivals-instrument", **own
        )
        instrument.save_revision(user=rival)
        change = PolicyChangeFactory(
            instrument=instrument,
            title=mark("title of a rivals' claim", owned),
            what_changed=mark("what a rivals' claim says", owned),
            claimed_by=rival,
        )
        change.inspirations.create(practice=self.practice, taken=mark("what it took", owned), adapted="")
        change.save()
        change.learned_at.add(self.event)
        event = LearningEventPageFactory(
            title=mark("title of a rivals' event", owned), slug="rivals-event", **own
        )
        event.practices.add(self.practice)
        event.save_revision(user=rival)
        page = GoodPracticePageFactory(
            title=mark("title of a rivals' draft", owned), slug="rivals-draft", **own
        )
        page.save_revision(user=rival)
        EvidenceFactory(
            page=page, title=mark("title of a rivals' evidence", owned), document=self.file, url=""
        )
        self.closed += [instrument, event, page]

    def make_the_rest(self):
        mark, author = self.markers, self.people[AUTHOR]
        Letter.objects.create(
            to=f"{mark('address of a letter', 'letter')}@example.org",
            subject=mark("subject of a letter", "letter"),
            text=mark("text of a letter", "letter"),
        )
        Setback.objects.create(
            kind="row",
            key="page-1",
            what=mark("what was set aside", "set aside"),
            to=f"{mark('to whom it was set aside', 'set aside')}@example.org",
            reason=mark("why it was set aside", "set aside"),
        )
        self.saved = SavedSearch.objects.create(
            user=author,
            name=mark("name of a saved search", "search of its own"),
            asked="q=slag",
            fingerprint="slag",
        )
        SynonymSet.objects.create(
            name=mark("name of a set of synonyms", "words of officers"),
            note=mark("note of a set of synonyms", "words of officers"),
        )
        project = ProjectFactory()
        Partner.objects.create(project=project, organisation=self.authority)
        TargetFactory(project=project, indicator=indicator("GP"))
        today = timezone.localdate()
        ReportingPeriod.objects.create(
            project=project, number=1, start=today - timedelta(days=200), end=today - timedelta(days=20)
        )

    @property
    def pages(self):
        """The keys of all pages, the root too."""
        return list(Page.objects.order_by("pk").values_list("pk", flat=True))
