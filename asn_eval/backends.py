from allauth.account.auth_backends import AuthenticationBackend

from asn_eval.access import permissions_of
from asn_eval.scoping import ScopedModel


class RoleBackend(AuthenticationBackend):
    """Signs in through allauth; answers ``has_perm`` from POLICY and the region gate alone."""

    def get_all_permissions(self, user_obj, obj=None) -> frozenset[str]:
        if not user_obj.is_active or user_obj.is_anonymous:
            return frozenset()
        return permissions_of(user_obj.role)

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        if perm not in self.get_all_permissions(user_obj):
            return False
        if not isinstance(obj, ScopedModel):
            return True
        return type(obj).objects.visible_to(user_obj).filter(pk=obj.pk).exists()

    def has_module_perms(self, user_obj, app_label) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
