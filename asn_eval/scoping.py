"""Rows belong to regions; nobody reads a row without saying on whose behalf.

A model inherits ``ScopedModel`` and names the path to its region. Its
``objects`` then refuses to answer until the caller has written either
``.visible_to(user)`` or ``.unscoped("why this is right")``.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce, wraps
from operator import or_

from django.db import models
from django.db.models import Q

NOTHING = Q(pk__in=[])
_guard_lifted = ContextVar("guard_lifted", default=False)


class UnscopedQuery(RuntimeError):
    """A scoped model was read without .visible_to(user) or .unscoped(reason)."""


@contextmanager
def unscoped(reason: str):
    """Lift the guard for framework code we cannot pass a user through."""
    token = _guard_lifted.set(True)
    try:
        yield
    finally:
        _guard_lifted.reset(token)


class ScopedQuerySet(models.QuerySet):
    _scoped = False

    def visible_to(self, user) -> "ScopedQuerySet":
        """Only the rows inside the regions that ``user`` answers for."""
        return self.filter(self.model.scope_for(user))._mark_scoped()

    def unscoped(self, reason: str) -> "ScopedQuerySet":
        """All rows; ``reason`` is for the reader, and for the allow-list of the tests."""
        return self._chain()._mark_scoped()

    def union(self, *others, all=False):
        every = False not in (self._scoped, *(other._scoped for other in others))
        return super().union(*others, all=all)._mark_scoped(every)

    def intersection(self, *others):
        every = False not in (self._scoped, *(other._scoped for other in others))
        return super().intersection(*others)._mark_scoped(every)

    def __or__(self, other):
        return super().__or__(other)._mark_scoped(self._scoped and other._scoped)

    def __xor__(self, other):
        return super().__xor__(other)._mark_scoped(self._scoped and other._scoped)

    def _mark_scoped(self, scoped: bool = True):
        self._scoped = scoped
        return self

    def _clone(self):
        clone = super()._clone()
        clone._scoped = self._scoped
        return clone

    def _refuse_unless_scoped(self):
        # Rows reached from a row the caller already holds stay in its region.
        follows_scoped_row = isinstance(self._hints.get("instance"), ScopedModel)
        if not (self._scoped or follows_scoped_row or self.query.is_empty() or _guard_lifted.get()):
            raise UnscopedQuery(self.model.__name__)


def _guarded(method: Callable) -> Callable:
    @wraps(method)
    def wrapper(self, *args, **kwargs):
        self._refuse_unless_scoped()
        return method(self, *args, **kwargs)

    return wrapper


GUARDED_METHODS = (
    "_fetch_all",
    "iterator",
    "aiterator",
    "count",
    "exists",
    "aggregate",
    "explain",
    "update",
    "delete",
    "_raw_delete",
)
for _name in GUARDED_METHODS:
    setattr(ScopedQuerySet, _name, _guarded(getattr(models.QuerySet, _name)))


class ScopedModel(models.Model):
    region_path: str  # lookup from this model to its region

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope_for(cls, user) -> Q:
        """The condition that keeps ``user`` inside the regions of their office."""
        if not user.is_authenticated:
            return NOTHING
        if user.sees_every_region:
            return Q()
        lookup = f"{cls.region_path}__code__startswith"
        return reduce(or_, (Q(**{lookup: code}) for code in user.region_codes), NOTHING)

    def validate_unique(self, exclude=None):
        with unscoped("a name is unique across regions, seen or not"):
            super().validate_unique(exclude)

    def validate_constraints(self, exclude=None):
        with unscoped("constraints hold across regions, seen or not"):
            super().validate_constraints(exclude)
