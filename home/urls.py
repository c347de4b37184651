from django.urls import path

from home import views

urlpatterns = [
    path("my/", views.show_my_work, name="my_work"),
    path("my/submit-a-practice/", views.submit_practice, name="submit_practice"),
]
