// What makes writing a course quicker; every page of it works without.
document.documentElement.classList.add("writing");
