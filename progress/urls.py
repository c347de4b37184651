from django.urls import path

from progress import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("progress/figures.csv", views.figures_file, name="progress_figures_file"),
    path("progress/all/", views.all_records, name="progress_all_records"),
    path("progress/all.csv", views.all_records_file, name="progress_all_records_file"),
    path("progress/<slug:key>/", views.records, name="progress_records"),
    path("progress/<slug:key>.csv", views.records_file, name="progress_records_file"),
]
