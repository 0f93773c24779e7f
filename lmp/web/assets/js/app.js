// Small comforts on pages that work without them. Nothing here is needed for any task.
import { countDown } from "./parts/countdown.js";
import { focusErrorSummary } from "./parts/errors.js";
import { sendOnce } from "./parts/once.js";
import { tellOpened } from "./parts/opened.js";
import { usePasskeys } from "./parts/passkeys.js";
import { showPasswords } from "./parts/password.js";
import { countPhotos } from "./parts/photos.js";
import { reloadWhileRunning } from "./parts/reload.js";
import { sumTimes } from "./parts/times.js";
import { closeMenus } from "./parts/menus.js";

document.documentElement.classList.add("scripted");
focusErrorSummary();
sendOnce();
showPasswords();
tellOpened();
usePasskeys();
reloadWhileRunning();
countPhotos();
sumTimes();
countDown();
closeMenus();
