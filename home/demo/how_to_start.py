"""Invented answers to "How do I start?" for the sample curricula, in both languages."""

from curriculum.models import CurriculumPage

SAMPLE = {
    "en": {
        "start_cost": "Nothing. The class, the gloves and the books are free. (Sample answer.)",
        "start_next": "A new group starts in the first week of each quarter. (Sample answer.)",
        "start_bring": "Closed shoes, and a paper with your name on it. No diploma is needed. (Sample answer.)",
        "start_contact": "Call or text the sample training desk at 555-0100, Monday to Friday. (Invented number.)",
        "start_help": (
            "Ask for Spanish, an interpreter, large print, a reader, or a place without stairs. Help is free."
        ),
    },
    "es": {
        "start_cost": "Nada. La clase, los guantes y los libros son gratis. (Respuesta de muestra.)",
        "start_next": "Un grupo nuevo empieza la primera semana de cada trimestre. (Respuesta de muestra.)",
        "start_bring": (
            "Venga con zapatos cerrados y un papel con su nombre. No necesita diploma. (Respuesta de muestra.)"
        ),
        "start_contact": (
            "Pregunte por la mesa de capacitación de muestra al 555-0100, por llamada o mensaje, de lunes a viernes. "
            "(Número inventado.)"
        ),
        "start_help": (
            "Pida español, intérprete, letra grande, que le lean, o un lugar sin escaleras. La ayuda es gratis."
        ),
    },
}

LEADS_TO = {
    "green-custodial": {
        "en": "Custodian, then lead custodian or environmental services technician in a hospital.",
        "es": "Conserje, y después conserje líder o técnico(a) de servicios ambientales en un hospital.",
    },
    "grounds-measure-w": {
        "en": "Grounds maintenance worker, then irrigation technician, tree worker or stormwater inspector.",
        "es": "Trabajo en áreas verdes, y después riego, árboles o inspección de aguas de lluvia.",
    },
    "clerical": {
        "en": "Typist-clerk, then senior typist-clerk or department assistant.",
        "es": "Oficinista, y después oficinista principal o asistente de departamento.",
    },
    "emt": {
        "en": "Emergency medical technician, then paramedic, fire fighter trainee or nursing.",
        "es": "Técnico(a) en emergencias médicas, y después paramédico, bombero(a) en formación o enfermería.",
    },
}


def fill(slug: str, *, by) -> None:
    """Write the answers into the drafts of one curriculum where they are still empty. A draft edit like any other."""
    for page in CurriculumPage.objects.filter(slug=slug).select_related("locale"):
        answers = SAMPLE.get(page.language)
        if not answers or page.start_cost or slug not in LEADS_TO:
            continue
        for name, words in answers.items():
            setattr(page, name, words)
        page.leads_to = LEADS_TO[slug].get(page.language, "")
        page.save()
        page.save_revision(user=by, log_action=True)
