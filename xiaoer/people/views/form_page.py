"""One form on one page: what most pages here are."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

Words = str | Promise


def form_page(
    request: HttpRequest, form: forms.Form, *, title: Words, submit: Words, lead: Words = "", back: str = "",
    back_words: Words = "",
) -> HttpResponse:  # fmt: skip
    """Return the page with a form; 422 when something in it must be mended."""
    return render(
        request,
        "people/form_page.html",
        {"form": form, "title": title, "submit": submit, "lead": lead, "back": back, "back_words": back_words},
        status=422 if form.errors else 200,
    )
