"""Where texts are coded, codebooks kept, and marked passages found again."""

from django.urls import path

from evaluations.views import codebook, coded_answers, coding, passage_findings, passage_search

OF_EVALUATION = "evaluasi/<int:pk>/kodebuk"

urlpatterns = [
    path(f"{OF_EVALUATION}/", codebook.CodebookView.as_view(), name="codebook"),
    path(f"{OF_EVALUATION}/mulai/", codebook.CodebookStartView.as_view(), name="codebook_start"),
    path(f"{OF_EVALUATION}.xlsx", codebook.CodebookExportView.as_view(), name="codebook_export"),
    path("evaluasi/<int:parent_pk>/kodebuk/tambah/", codebook.ThemeCreateView.as_view(), name="theme_create"),
    path("tema/<int:pk>/", codebook.ThemeDetailView.as_view(), name="theme_detail"),
    path("tema/<int:pk>/ubah/", codebook.ThemeUpdateView.as_view(), name="theme_update"),
    path("tema/<int:pk>/hapus/", codebook.ThemeDeleteView.as_view(), name="theme_delete"),
    path("tema/<int:pk>/gabung/", codebook.ThemeMergeView.as_view(), name="theme_merge"),
    path("tema/<int:pk>/pecah/", codebook.ThemeSplitView.as_view(), name="theme_split"),
    path("wawancara/<int:pk>/kode/", coding.InterviewCodingView.as_view(), name="code_interview"),
    path("observasi/<int:pk>/kode/", coding.ObservationCodingView.as_view(), name="code_observation"),
    path("telaah-dokumen/<int:pk>/kode/", coding.DocumentCodingView.as_view(), name="code_document"),
    path("survei/<int:pk>/kode/<slug:item>/", coded_answers.AnswerCodingView.as_view(), name="code_answers"),
    path("bagian/", passage_search.PassageSearchView.as_view(), name="passage_search"),
    path("bagian.xlsx", passage_search.PassageExportView.as_view(), name="passage_export"),
    path(
        "evaluasi/<int:parent_pk>/temuan/dari-kode/",
        passage_findings.FindingFromPassagesView.as_view(),
        name="finding_from_passages",
    ),
    path(
        "evaluasi/<int:parent_pk>/temuan/bukti-dari-kode/",
        passage_findings.PassagesToFindingView.as_view(),
        name="passages_to_finding",
    ),
]
