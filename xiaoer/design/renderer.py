"""How every form of the platform is written out: one field template, so that no page invents its own."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER: `{{ form }}` brings the error summary, `as_field_group` label, hint, error and control."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
