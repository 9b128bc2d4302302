// The form and what it says: read as {name of a field: value}, written back, turned into what is sent.
//
// Names: m- a mark, n- a note, t- seconds, p- prompts, each with the key of its point; s- what stopped it; then rule, gap,
// member, alternative, may_discipline. A point that each of a team must show has "<learner>-<point>" as its key.

const MANY = ["rule", "gap", "member"];
const OWN = ["csrfmiddlewaretoken", "uid", "learner"];

export function read(fields, named = (name) => name) {
  const values = {};
  for (const field of fields) {
    const name = field.name && named(field.name);
    if (!name || OWN.includes(name)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (!field.checked) continue;
      if (MANY.includes(name)) (values[name] ??= []).push(field.value);
      else if (field.type === "checkbox") values[name] = true;
      else if (field.value && !(name.startsWith("p-") && field.value === "0")) values[name] = field.value;
    } else if (field.value) values[name] = field.value;
  }
  return values;
}

export function write(fields, values, named = (name) => name) {
  for (const field of fields) {
    const name = field.name && named(field.name);
    if (!name || OWN.includes(name)) continue;
    const value = values[name];
    if (field.type === "checkbox") field.checked = MANY.includes(name) ? Boolean(value?.includes(field.value)) : Boolean(value);
    else if (field.type === "radio") field.checked = field.value === (value ?? (name.startsWith("p-") ? "0" : ""));
    else field.value = value ?? "";
  }
}

export const meets = (value, enough) => (/^\d+$/.test(value) ? Number(value) >= Number(enough) : value === "met");

// Points of a form as {key, id, code, critical, learner}; `learner` where each of a team must show it.
export const pointsOf = (form) =>
  [...form.querySelectorAll("[data-point]")].map((part) => ({
    part,
    key: part.dataset.point,
    id: part.dataset.id,
    code: part.dataset.code,
    critical: Boolean(part.dataset.critical),
    learner: part.closest("[data-member]")?.dataset.member ?? "",
  }));

// A note is asked for where something that must be right was not, and is there for any other point that was not met.
export function showNotes(parts, about) {
  for (const part of parts) {
    const note = part.querySelector("[data-note]");
    const words = note.querySelector("textarea");
    const checked = part.querySelector("input[name*='m-']:checked")?.value ?? "";
    const stopped = part.dataset.stopLine && part.querySelector("[type=checkbox]").checked;
    const missed = Boolean(part.dataset.point && checked && !meets(checked, about.enough));
    words.required = Boolean(stopped || (missed && part.dataset.critical && !about.task));
    note.hidden = !(stopped || missed || words.value);
  }
}

const chosen = (points, values) => points.filter((one) => !one.learner || values.member?.includes(one.learner));
const stoppedBy = (values) => Object.keys(values).filter((name) => name.startsWith("s-")).map((name) => name.slice(2));

// Whether this is enough, as the server counts it: whole numbers only.
function isEnough(points, values, about) {
  const met = (one) => meets(values[`m-${one.key}`] ?? "", about.enough);
  if (stoppedBy(values).length || points.some((one) => one.critical && !met(one))) return false;
  const others = points.filter((one) => !one.critical);
  const [most, of] = (about.others || "0/1").split("/").map(Number);
  return others.filter(met).length * of >= others.length * most;
}

// The first thing that keeps a sheet from being sent, as [name of a sentence, what it names, part to look at], or null.
export function problem(form, values, about) {
  const all = pointsOf(form);
  if (about.team && !values.member?.length) return ["noTeam", "", form.querySelector("[name=member]")];
  const points = chosen(all, values);
  const stops = stoppedBy(values);
  const open = points.filter((one) => !values[`m-${one.key}`]);
  if (about.task && open.length === points.length && !stops.length) return ["noTask", "", points[0]?.part];
  if (!about.task && open.length && !stops.length) return ["still", open.map((one) => one.code).join(", "), open[0].part];
  const missed = (one) => values[`m-${one.key}`] && !meets(values[`m-${one.key}`], about.enough);
  const grave = about.task ? [] : points.filter((one) => one.critical && missed(one));
  const silent = grave.find((one) => !values[`n-${one.key}`]?.trim())?.part;
  const line = stops.find((id) => !values[`n-${id}`]?.trim());
  if (silent || line) return ["facts", "", silent ?? form.querySelector(`[data-stop-line="${line}"]`)];
  const wanted = [...form.querySelectorAll("[data-must-tick] [name=rule]")].filter((box) => !values.rule?.includes(box.value));
  if (wanted.length && isEnough(points, values, about)) {
    return ["rules", wanted.map((box) => box.parentElement.textContent.trim()).join(", "), wanted[0]];
  }
  return null;
}

// What is sent: one sheet, or one for each of a team.
export function rows(form, values, draft, about) {
  const points = pointsOf(form);
  const people = about.team ? values.member.map((learner) => ({ learner, ...draft.members[learner] })) : [draft];
  return people.map(({ uid, learner, number }) => {
    const own = points.filter((one) => !one.learner || one.learner === learner);
    const of = (letter, turn = (value) => value) =>
      Object.fromEntries(own.filter((one) => values[`${letter}-${one.key}`]).map((one) => [one.id, turn(values[`${letter}-${one.key}`])]));
    const stopped = stoppedBy(values);
    const seconds = of("t");
    const prompts = of("p");
    return {
      uid,
      learner,
      number,
      digest: draft.digest,
      marks: of("m", (value) => (/^\d+$/.test(value) ? Number(value) : value === "met")),
      stopped,
      notes: { ...of("n"), ...Object.fromEntries(stopped.map((id) => [id, values[`n-${id}`] ?? ""])) },
      noted: Object.fromEntries(own.map(({ id }) => [id, { ...(seconds[id] && { seconds: seconds[id] }), ...(prompts[id] && { prompts: prompts[id] }) }])),
      rules: values.rule ?? [],
      alternative: values.alternative ?? "",
      may_discipline: Boolean(values.may_discipline),
      seen_at: draft.at,
      more: { ...(values.gap && { gaps: values.gap }), ...(about.team && { team: true }) },
    };
  });
}
