"""The home page: what is running in the person's regions, and what each evaluation still lacks."""

from django.db.models import Count, Q
from django.utils import timezone
from django.views.generic import TemplateView

from asn_eval.views import AccessMixin
from evaluations.models import Evaluation, Recommendation, Survey
from evaluations.survey_counts import with_counts
from programs.models import Program

SHOWN = 8  # rows of a list on the home page


class HomeView(AccessMixin, TemplateView):
    permission = "accounts.view_home"
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        programs = self.rows(Program)
        evaluations = self.rows(Evaluation)
        surveys = self.rows(Survey).filter(state=Survey.State.OPEN, opens_on__lte=today, closes_on__gte=today)
        open_recommendations = self.rows(Recommendation).filter(
            state__in=[Recommendation.State.PROPOSED, Recommendation.State.RUNNING]
        )
        return super().get_context_data(
            counts=programs.aggregate(
                total=Count("pk"),
                running=Count("pk", filter=Q(state=Program.State.RUNNING)),
            ),
            n_evaluations=evaluations.count(),
            n_overdue=open_recommendations.filter(due_date__lt=today).count(),
            open_surveys=with_counts(surveys.select_related("evaluation", "version__instrument")).order_by(
                "closes_on", "pk"
            )[:SHOWN],
            evaluations=evaluations.select_related("program__region").order_by("-updated_at")[:SHOWN],
            recommendations=open_recommendations.select_related("evaluation__program__region").order_by(
                "due_date", "pk"
            )[:SHOWN],
            unevaluated=programs.filter(state=Program.State.FINISHED, evaluations__isnull=True)
            .select_related("region")
            .order_by("end_date")[:SHOWN],
            today=today,
            **kwargs,
        )
