// What a page gains when scripts run. Every page does its work without this file.
import {
  Button,
  Checkboxes,
  createAll,
  ErrorSummary,
  PasswordInput,
  Radios,
} from "./govuk-frontend.js";
import { watchForLeaving } from "./leave.js";
import { watchPads } from "./pad.js";

// First, so that the way out works even if something below does not.
watchForLeaving();

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const Component of [Button, Checkboxes, ErrorSummary, PasswordInput, Radios]) {
  createAll(Component);
}
watchPads();
