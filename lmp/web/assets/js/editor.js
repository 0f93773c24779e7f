// What makes writing a course quicker; every page of it works without.
import { sendComments } from "./parts/comments.js";
import { editQuestions } from "./parts/questions.js";
import { pasteClean } from "./parts/paste.js";
import { reshapeRows } from "./parts/rows.js";
import { takeFiles } from "./parts/upload.js";
import { helpWriting } from "./parts/writing.js";
import { saveQuestion } from "./parts/asking.js";
import { editUnit } from "./parts/unit.js";

editQuestions();
sendComments();
reshapeRows();
helpWriting();
pasteClean();
editUnit();
saveQuestion();
takeFiles();
