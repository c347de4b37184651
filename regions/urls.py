from django.urls import path

from regions import views

urlpatterns = [
    path("regions/", views.region_list, name="regions"),
    path("regions/<str:code>/", views.region_page, name="region"),
    path("materials/", views.material_list, name="materials"),
    path("materials/<str:code>/", views.material_page, name="material"),
]
