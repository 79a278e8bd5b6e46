"""The annex of the trial as a workbook or a CSV table: participation, figures, gaps, issues, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.tables.workbook import Column, Sheet, csv_bytes, workbook_bytes
from geo.trial.columns import ColumnKey, column
from geo.trial.figures import DESCRIBED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.errors import Language
    from geo.model import SourceRef, TrialReport, Ward
    from geo.tables.workbook import Value
    from geo.trial.figures import TrialFigures
    from geo.trial.report_folder import LoadedReports

_REPORT_COLUMNS = (
    ColumnKey.SCENARIOS, ColumnKey.RECEIVED, ColumnKey.RESOLVED, ColumnKey.ON_TIME, ColumnKey.MEDIAN_MINUTES,
    ColumnKey.SATISFACTION, ColumnKey.ISSUES,
)  # fmt: skip


def annex_workbook(figures: TrialFigures, wards: Sequence[Ward], loaded: LoadedReports, lang: Language) -> bytes:
    """Return the annex as XLSX; without reports it says so and holds participation, plan and sources."""
    return workbook_bytes(_Annex(figures, wards, loaded, lang).sheets())


def annex_csv(figures: TrialFigures, wards: Sequence[Ward], loaded: LoadedReports, lang: Language) -> bytes:
    """Return the annex's table of wards as CSV."""
    return csv_bytes(_Annex(figures, wards, loaded, lang).wards())


class _Annex:
    """The sheets of one annex."""

    def __init__(self, figures: TrialFigures, wards: Sequence[Ward], loaded: LoadedReports, lang: Language) -> None:
        self._figures = figures
        self._wards = wards
        self._loaded = loaded
        self._lang: Language = lang
        self._names = {ward.code: ward.full_name for ward in wards}

    def sheets(self) -> Iterator[Sheet]:
        """Yield every sheet."""
        yield self._about()
        if self._figures.reports:
            yield self._by_day()
            yield self._by_content()
        yield self.wards()
        if self._figures.reports:
            yield self._coverage()
            yield self._gaps()
            yield self._reports()
            yield self._issues()
        yield self._plan()
        yield self._known()

    def wards(self) -> Sheet:
        """Return the 126 wards, each with its participation, its source and its figures."""
        source = {one.ward_code: one for one in self._figures.facts.participation}

        def rows() -> Iterator[list[Value]]:
            for ward in self._wards:
                one = source[ward.code]
                shown = self._row(ward=ward.code) if self._figures.reports else []
                yield [ward.code, ward.full_name, self._say("tham gia", "took part"), *shown, one.source.url]

        columns = [
            Column(self._say("Mã (từ 01/7/2025)", "Code (since 1 July 2025)"), 10),
            Column(self._say("Phường, xã", "Ward"), 26),
            Column(self._say("Thử nghiệm 20–26/6/2025", "Trial 20-26 June 2025"), 14),
            *(self._figure_columns() if self._figures.reports else []),
            Column(self._say("Nguồn về việc tham gia", "Source of participation"), 60),
        ]
        return Sheet(self._say("Theo phường, xã", "By ward"), columns, rows())

    def _about(self) -> Sheet:
        facts = self._figures.facts
        operation = facts.days
        lines = [
            (self._say("Đợt thử nghiệm", "Trial"), f"{operation[0]:%d/%m/%Y} – {operation[-1]:%d/%m/%Y}"),
            (self._say("Phường, xã tham gia", "Wards that took part"),
             f"{len(facts.participation)}/{len(self._wards)}"),
            (self._say("Nguồn", "Source"), facts.participation[0].source.url or ""),
        ]  # fmt: skip
        if self._figures.reports:
            lines += [
                (self._say("Số báo cáo đã nạp", "Reports loaded"), str(len(self._figures.reports))),
                (self._say("Phường, xã có báo cáo", "Wards with a report"),
                 f"{self._figures.reporting()}/{len(self._wards)}"),
                (self._say("Phiên bản báo cáo", "Version of the reports"), self._version()),
            ]  # fmt: skip
            lines += [
                (described.name.message(self._lang), described.how.message(self._lang))
                for described in DESCRIBED.values()
            ]
        else:
            lines.append(
                (self._say("Số liệu", "Figures"),
                 self._say("Chưa nạp báo cáo nào; phụ lục không có số liệu.",
                           "No reports are loaded; the annex holds no figures.")),
            )  # fmt: skip
        title = self._say("Phụ lục", "Annex")
        return Sheet(title, [Column(title, 34), Column("", 90)], lines)

    def _version(self) -> str:
        at = self._loaded.imported_at
        return f"{self._loaded.version}" + (f" ({at:%d/%m/%Y %H:%M})" if at else "")

    def _by_day(self) -> Sheet:
        rows = [[f"{day:%d/%m/%Y}", *self._row(day=day)] for day in self._figures.facts.days]
        total: list[Value] = [self._say("Cả đợt", "All days"), *self._row()]
        columns = [Column(self._say("Ngày", "Day"), 14), *self._figure_columns()]
        return Sheet(self._say("Toàn thành phố theo ngày", "City by day"), columns, [*rows, total])

    def _by_content(self) -> Sheet:
        rows = [
            [f"{content.number}. {content.short.message(self._lang)}", *self._row(content=content.number)]
            for content in self._figures.facts.contents
        ]
        columns = [Column(self._say("Nội dung", "Content"), 48), *self._figure_columns()]
        return Sheet(self._say("Toàn thành phố theo nội dung", "City by content"), columns, rows)

    def _coverage(self) -> Sheet:
        facts = self._figures.facts
        return Sheet(
            self._say("Phường, xã có báo cáo", "Wards reporting"),
            [Column(self._say("Nội dung", "Content"), 48), *(Column(f"{day:%d/%m}", 10) for day in facts.days)],
            (
                [
                    f"{content.number}. {content.short.message(self._lang)}",
                    *(self._figures.reporting(day=day, content=content.number) for day in facts.days),
                ]
                for content in facts.contents
            ),
        )

    def _gaps(self) -> Sheet:
        """Return, ward by ward, the days and contents without a report."""

        def rows() -> Iterator[list[Value]]:
            for ward in self._wards:
                for day, lacking in self._figures.gaps(ward.code):
                    yield [ward.code, ward.full_name, day, len(lacking), ", ".join(map(str, lacking))]

        columns = [
            Column(self._say("Mã", "Code"), 10),
            Column(self._say("Phường, xã", "Ward"), 26),
            Column(self._say("Ngày", "Day"), 12),
            Column(self._say("Số nội dung", "Contents"), 12),
            Column(self._say("Nội dung chưa có báo cáo", "Contents without a report"), 40),
        ]
        return Sheet(self._say("Chưa có báo cáo", "Without a report"), columns, rows())

    def _reports(self) -> Sheet:
        keys = (ColumnKey.WARD_CODE, ColumnKey.WARD, ColumnKey.DAY, ColumnKey.CONTENT, *_REPORT_COLUMNS)
        return Sheet(
            self._say("Báo cáo", "Reports"),
            [Column(column(key).heading.message(self._lang), column(key).width) for key in keys],
            ([*self._named(report), *self._figures_of(report), report.issues] for report in self._figures.reports),
        )

    def _issues(self) -> Sheet:
        widths = {
            ColumnKey.WARD_CODE: 10, ColumnKey.WARD: 26, ColumnKey.DAY: 12, ColumnKey.CONTENT: 10,
            ColumnKey.ISSUES: 110,
        }  # fmt: skip
        return Sheet(
            self._say("Vướng mắc", "Issues"),
            [Column(column(key).heading.message(self._lang), width) for key, width in widths.items()],
            ([*self._named(report), report.issues] for report in self._figures.reports if report.issues),
        )

    def _plan(self) -> Sheet:
        facts = self._figures.facts

        def rows() -> Iterator[list[Value]]:
            for phase in facts.phases:
                days = f"{phase.first_day:%d/%m/%Y}" + (
                    f" – {phase.last_day:%d/%m/%Y}" if phase.last_day != phase.first_day else ""
                )
                yield [self._say("Giai đoạn", "Phase"), phase.name.message(self._lang), days,
                       phase.what.message(self._lang), _where((phase.source,))]  # fmt: skip
            for content in facts.contents:
                ours = self._say("xếp vào mười nhóm là cách hiểu của chúng tôi", "of the ten by our reading")
                yield [self._say("Nội dung", "Content"), f"{content.number}. {content.short.message(self._lang)}",
                       ours if content.our_reading else "", content.what.message(self._lang),
                       _where((content.source,))]  # fmt: skip

        columns = [
            Column("", 12),
            Column(self._say("Tên", "Name"), 44),
            Column("", 26),
            Column(self._say("Nội dung", "What"), 80),
            Column(self._say("Nguồn", "Source"), 60),
        ]
        return Sheet(self._say("Kế hoạch 341", "Plan 341"), columns, rows())

    def _known(self) -> Sheet:
        facts = self._figures.facts
        unknown = self._say("chưa rõ", "not known")

        def rows() -> Iterator[list[Value]]:
            for branch in facts.branches:
                serves = branch.serves.message(self._lang) if branch.serves else unknown
                yield [self._say("Chi nhánh", "Branch"), branch.number, branch.address or unknown, serves,
                       _where(branch.sources or (facts.branches_source,))]  # fmt: skip
            for group in facts.groups:
                districts = ", ".join(district.name for district in group.districts)
                yield [self._say("Tổ công tác", "Working group"), group.number, group.head or unknown,
                       districts or unknown,
                       _where(tuple(one.source for one in group.districts) or (facts.groups_source,))]  # fmt: skip

        columns = [
            Column("", 16),
            Column(self._say("Số", "Number"), 8),
            Column(self._say("Địa chỉ; tổ trưởng", "Address; head"), 36),
            Column(self._say("Phục vụ; phụ trách", "Serves; in charge of"), 60),
            Column(self._say("Nguồn", "Source"), 80),
        ]
        return Sheet(self._say("Chi nhánh, tổ công tác", "Branches, groups"), columns, rows())

    def _named(self, report: TrialReport) -> list[Value]:
        return [report.ward_code, self._names[report.ward_code], report.day, report.content]

    def _figures_of(self, report: TrialReport) -> list[Value]:
        return [report.scenarios, report.received, report.resolved, report.on_time, report.median_minutes,
                report.satisfaction_pct]  # fmt: skip

    def _figure_columns(self) -> list[Column]:
        units = {"percent": " (%)", "minutes": self._say(" (phút)", " (minutes)"), "count": ""}
        return [Column(about.short.message(self._lang) + units[about.unit], 13) for about in DESCRIBED.values()]

    def _row(self, **of: object) -> list[Value]:
        values = [self._figures.value(figure, **of) for figure in DESCRIBED]  # type: ignore[arg-type]
        return [int(value) if value is not None and value.is_integer() else value for value in values]

    def _say(self, vi: str, en: str) -> str:
        return vi if self._lang == "vi" else en


def _where(sources: Sequence[SourceRef]) -> str:
    return " ; ".join(dict.fromkeys(source.url or source.title for source in sources))
