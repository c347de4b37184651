from django.urls import path, re_path

from search import views
from search.choices import Kind

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("search/suggest/", views.search_suggest, name="search_suggest"),
    re_path(r"^search/feed\.(?P<kind>atom|rss)$", views.search_feed, name="search_feed"),
    re_path(r"^search/results\.(?P<kind>csv|xlsx|json)$", views.search_export, name="search_export"),
    path("my/searches/", views.saved_searches, name="saved_searches"),
    path("my/searches/save/", views.save_search, name="save_search"),
    path("my/searches/<int:number>/", views.saved_search, name="saved_search"),
    path("my/searches/<int:number>/pause/", views.pause_search, name="pause_search"),
    path("my/searches/<int:number>/delete/", views.delete_search, name="delete_search"),
    path("my/searches/stop/<str:token>/", views.stop_letters, name="stop_letters"),
    path("compare/", views.compare, name="compare"),
    re_path(r"^compare/practices\.(?P<kind>csv|xlsx)$", views.compare_download, name="compare_download"),
    path("good-practices/", views.section_page, {"kind": Kind.PRACTICE}, name="good_practices"),
    path("policy-instruments/", views.section_page, {"kind": Kind.INSTRUMENT}, name="policy_instruments"),
]
