from django.urls import path

from search import views
from search.choices import Kind

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("good-practices/", views.section_page, {"kind": Kind.PRACTICE}, name="good_practices"),
    path("policy-instruments/", views.section_page, {"kind": Kind.INSTRUMENT}, name="policy_instruments"),
]
