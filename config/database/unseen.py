"""Tables and columns that no public page shows: writing them leaves the content version as it is.

Whatever is not named here is taken for content, so a new table costs time where it is forgotten, never a page
that is out of date.
"""

UNSEEN = {
    # Accounts and what they may do: pages for people who are signed in are never kept.
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_session",
    "mfa_authenticator",
    "network_user_groups",
    "network_user_user_permissions",
    "wagtailadmin_admin",
    "wagtailcore_apitoken",
    "wagtailcore_groupcollectionpermission",
    "wagtailcore_grouppagepermission",
    "wagtailcore_groupsitepermission",
    "wagtailusers_userprofile",
    # Letters, background work, records of who did what.
    "django_cache",
    "django_tasks_database_dbtaskresult",
    "network_attempt",
    "network_dutydone",
    "network_letter",
    "network_setback",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    # Drafts, review and the editor. What is published is written into the page.
    "knowledge_referencecounter",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
    "wagtailcore_comment",
    "wagtailcore_commentreply",
    "wagtailcore_pagesubscription",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_task",
    "wagtailcore_taskstate",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflow",
    "wagtailcore_workflowcontenttype",
    "wagtailcore_workflowpage",
    "wagtailcore_workflowstate",
    "wagtailcore_workflowtask",
    "wagtailsearch_indexentry",
    "wagtailsearch_indexentry_fts",
    # What people keep for themselves, and what only programs or suggestions read.
    "search_digest",
    "search_savedsearch",
    "search_searchcount",
    "search_shippedsynonyms",
    "wagtailforms_formsubmission",
    "wagtailredirects_redirect",
    # Of events: who runs them, the link for those who take part, the history of places.
    "events_eventorganiser",
    "events_joinlink",
    "events_placechange",
    # The numbers themselves.
    "django_migrations",
    "network_contentversion",
}

# Places at events have a number an event. Who writes them says which (content_version.rise); where nobody
# says it, all content is taken to have changed.
PLACES = {"events_participant", "events_places", "events_registration"}

# Of tables that pages show: the columns that they do not.
UNSEEN_COLUMNS = {
    "events_registration": {
        *("asked_at", "cancel_reason", "client", "consent_version", "letter_at", "needs", "stated", "token"),
    },
    "network_user": {"last_login", "password"},
    "search_document": {"dirty", "dirty_since"},
    # What saving a draft writes into the page.
    "wagtailcore_page": {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision_created_at",
        "latest_revision_id",
        "locked",
        "locked_at",
        "locked_by_id",
    },
}
