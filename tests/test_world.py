from programs.models import Enrollment


def test_world_has_two_sides_that_do_not_see_each_other(world):
    mine = Enrollment.objects.visible_to(world.here.users["staf"])
    assert set(mine) == set(world.here.enrollments)
    assert Enrollment.objects.visible_to(world.national).count() == 12
