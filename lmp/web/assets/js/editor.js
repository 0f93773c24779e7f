// What makes writing a course quicker; every page of it works without.
import { editQuestions } from "./parts/questions.js";
import { reshapeRows } from "./parts/rows.js";

document.documentElement.classList.add("writing");
editQuestions();
reshapeRows();
