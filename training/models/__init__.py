from training.models.attendance import Attendance
from training.models.certificate import CERTIFICATE, Certificate, CertificateSeries, CertificateStatus, Guest
from training.models.city_plan import CITY_LINE, CITY_PLAN, CityPlan, CityPlanLine, CityPlanNeed
from training.models.enrolment import ACTIVE, ENROLMENT, OPEN, Approval, Enrolment, EnrolmentStatus
from training.models.programme import Mode, Programme, ProgrammeCompetency, Subject, Topic
from training.models.provider import Provider
from training.models.recommendation import SetAside
from training.models.session import SESSION, Meeting, Session, SessionStatus

__all__ = [
    "ACTIVE",
    "CERTIFICATE",
    "CITY_LINE",
    "CITY_PLAN",
    "ENROLMENT",
    "OPEN",
    "SESSION",
    "Approval",
    "Attendance",
    "Certificate",
    "CertificateSeries",
    "CertificateStatus",
    "CityPlan",
    "CityPlanLine",
    "CityPlanNeed",
    "Enrolment",
    "EnrolmentStatus",
    "Guest",
    "Meeting",
    "Mode",
    "Programme",
    "ProgrammeCompetency",
    "Provider",
    "Session",
    "SessionStatus",
    "SetAside",
    "Subject",
    "Topic",
]
