from django.urls import path

from home import views

urlpatterns = [
    path("my/", views.show_my_work, name="my_work"),
    path("my/submit-a-practice/", views.submit_practice, name="submit_practice"),
    path("my/start-an-event/", views.start_event, name="start_event"),
]
