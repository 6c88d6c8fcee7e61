from competency.models.assessment import OFFICIAL, REVIEW, Assessment, Method, Review
from competency.models.centre import CentreReport
from competency.models.dictionary import SINCE, Competency, CompetencyLevel
from competency.models.figure import RuleFigure
from competency.models.form import JpRule, JpTarget, LearningForm
from competency.models.index import (
    DisciplinaryAction,
    IndexRule,
    OfficialIndex,
    PerformanceRating,
)
from competency.models.ledger import RECORD, LedgerLine, TrainingRecord
from competency.models.need import NEED, NeedLine, UnitNeed, offices_above, offices_of
from competency.models.plan import PLAN, Plan, PlanItem, PlanNote
from competency.models.result import Mark, Result, ResultRun
from competency.models.standard import GroupStandard, Standard, StandardItem

__all__ = [
    "NEED",
    "OFFICIAL",
    "PLAN",
    "RECORD",
    "REVIEW",
    "SINCE",
    "Assessment",
    "CentreReport",
    "Competency",
    "CompetencyLevel",
    "DisciplinaryAction",
    "GroupStandard",
    "IndexRule",
    "JpRule",
    "JpTarget",
    "LearningForm",
    "LedgerLine",
    "Mark",
    "Method",
    "NeedLine",
    "OfficialIndex",
    "PerformanceRating",
    "Plan",
    "PlanItem",
    "PlanNote",
    "Result",
    "ResultRun",
    "Review",
    "RuleFigure",
    "Standard",
    "StandardItem",
    "TrainingRecord",
    "UnitNeed",
    "offices_above",
    "offices_of",
]
