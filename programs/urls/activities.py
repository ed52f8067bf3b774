"""Activities of a program, with speakers, partners, materials and calendar."""

from django.urls import path

from programs.views import activities, activity_parts, calendar, part_exports

urlpatterns = [
    path(
        "program/<int:parent_pk>/kegiatan/tambah/",
        activities.ActivityCreateView.as_view(),
        name="activity_create",
    ),
    path(
        "program/<int:pk>/kegiatan/ekspor.xlsx",
        part_exports.ActivitiesExportView.as_view(),
        name="activities_export",
    ),
    path("kegiatan/jp/", activities.ActivityLessonHoursView.as_view(), name="activity_hours"),
    path("kegiatan/<int:pk>/", activities.ActivityDetailView.as_view(), name="activity_detail"),
    path("kegiatan/<int:pk>/ubah/", activities.ActivityUpdateView.as_view(), name="activity_update"),
    path("kegiatan/<int:pk>/hapus/", activities.ActivityDeleteView.as_view(), name="activity_delete"),
    path(
        "kegiatan/<int:parent_pk>/narasumber/tambah/",
        activity_parts.SpeakerCreateView.as_view(),
        name="speaker_create",
    ),
    path("narasumber/<int:pk>/ubah/", activity_parts.SpeakerUpdateView.as_view(), name="speaker_update"),
    path("narasumber/<int:pk>/hapus/", activity_parts.SpeakerDeleteView.as_view(), name="speaker_delete"),
    path(
        "kegiatan/<int:parent_pk>/materi/tambah/",
        activity_parts.MaterialCreateView.as_view(),
        name="material_create",
    ),
    path("materi/<int:pk>/unduh/", activity_parts.MaterialDownloadView.as_view(), name="material_download"),
    path("materi/<int:pk>/hapus/", activity_parts.MaterialDeleteView.as_view(), name="material_delete"),
    path(
        "program/<int:parent_pk>/mitra/tambah/",
        activity_parts.PartnershipCreateView.as_view(),
        name="partnership_create",
    ),
    path("mitra/<int:pk>/ubah/", activity_parts.PartnershipUpdateView.as_view(), name="partnership_update"),
    path("mitra/<int:pk>/hapus/", activity_parts.PartnershipDeleteView.as_view(), name="partnership_delete"),
    path("program/<int:pk>/kalender/", calendar.ProgramCalendarView.as_view(), name="program_calendar"),
    path(
        "program/<int:pk>/kalender.ics", calendar.ProgramCalendarFileView.as_view(), name="program_calendar_file"
    ),
]
