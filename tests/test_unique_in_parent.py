"""What stands once in a record that the view set, not the form, is refused with the sentence of its constraint."""

import pytest
from django.forms import modelform_factory

from asn_eval.forms import ScopedModelForm
from programs.models import Batch, Partnership, Speaker

CASES = [
    (Batch, {"name": "Angkatan I", "start_date": "2026-02-01", "end_date": "2026-02-02"}, "Angkatan dengan nama"),
    (Speaker, {"name": "Nova Lestari"}, "Narasumber ini sudah"),
    (Partnership, {"institution": "Universitas A", "kind": Partnership.Kind.values[0]}, "Lembaga ini sudah"),
]
each_case = pytest.mark.parametrize(
    ("model", "typed", "sentence"), CASES, ids=[case[0].__name__ for case in CASES]
)


def form_for(world, instance, typed):
    form_class = modelform_factory(type(instance), form=ScopedModelForm, fields=[*typed])
    data = typed | ({"seen_revision": instance.revision} if instance.pk else {})
    return form_class(data, instance=instance, user=world.here.users["staf"])


def parent_of(model, place):
    activity = place.program.activities.first()
    return {"activity": activity} if model is Speaker else {"program": place.program}


@each_case
def test_the_second_of_a_name_is_told_so(world, model, typed, sentence):
    stored = form_for(world, model(**parent_of(model, world.here)), typed).save()
    (message,) = form_for(world, model(**parent_of(model, world.here)), typed).errors["__all__"]
    assert message.startswith(sentence)
    assert form_for(world, stored, typed).is_valid()


@each_case
def test_another_parent_may_have_the_same(world, model, typed, sentence):
    form_for(world, model(**parent_of(model, world.here)), typed).save()
    assert form_for(world, model(**parent_of(model, world.there)), typed).is_valid()
