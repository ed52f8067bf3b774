"""What the page of a respondent needs to know of an item beyond its words."""

from django import template

from evaluations.form_rendering import expression_json

register = template.Library()
register.filter("rumus", expression_json)
