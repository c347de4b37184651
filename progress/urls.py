from django.urls import path, re_path

from progress import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    re_path(r"^progress/figures\.(?P<kind>csv|xlsx)$", views.figures_file, name="progress_figures_file"),
    path("progress/<slug:key>/", views.records, name="progress_records"),
    re_path(
        r"^progress/(?P<key>[-a-zA-Z0-9_]+)\.(?P<kind>csv|xlsx)$",
        views.records_file,
        name="progress_records_file",
    ),
]
