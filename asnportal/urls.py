"""Every address of the portal. Indonesian and short for people, English names in code."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
