from django.urls import path

import app

urlpatterns = [path("orders/<int:number>", app.show), path("orders/<int:number>/change", app.change), path("drained", app.drained)]
