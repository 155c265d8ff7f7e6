/** All rules of the ratchet but the one about secrets, which has to read every commit. */
import type { Rule } from "./rule.ts";
import { agentSettings } from "./rules/agent-settings.ts";
import { anyCasts } from "./rules/any-casts.ts";
import { bigFiles } from "./rules/big-files.ts";
import { binaries } from "./rules/binaries.ts";
import { changedExpectations } from "./rules/changed-expectations.ts";
import { ci } from "./rules/ci.ts";
import { deletedTests } from "./rules/deleted-tests.ts";
import { dependencies } from "./rules/dependencies.ts";
import { emptiedTests } from "./rules/emptied-tests.ts";
import { endedRuns } from "./rules/ended-runs.ts";
import { executables } from "./rules/executables.ts";
import { factoryFiles } from "./rules/factory-files.ts";
import { fewerAssertions } from "./rules/fewer-assertions.ts";
import { focusedTests } from "./rules/focused-tests.ts";
import { forgedReports } from "./rules/forged-reports.ts";
import { gitHooks } from "./rules/git-hooks.ts";
import { hollowAssertions } from "./rules/hollow-assertions.ts";
import { invertedTests } from "./rules/inverted-tests.ts";
import { invisibleCharacters } from "./rules/invisible-characters.ts";
import { lockfile } from "./rules/lockfile.ts";
import { measuringStick } from "./rules/measuring-stick.ts";
import { mockedSubject } from "./rules/mocked-subject.ts";
import { nestedRepositories } from "./rules/nested-repositories.ts";
import { packageManager } from "./rules/package-manager.ts";
import { packageScripts } from "./rules/package-scripts.ts";
import { patchedJudges } from "./rules/patched-judges.ts";
import { plantedFiles } from "./rules/planted-files.ts";
import { rewrittenSnapshots } from "./rules/rewritten-snapshots.ts";
import { runnerConfig } from "./rules/runner-config.ts";
import { size } from "./rules/size.ts";
import { skippedTests } from "./rules/skipped-tests.ts";
import { suppressions } from "./rules/suppressions.ts";
import { symlinks } from "./rules/symlinks.ts";
import { testEnvironment } from "./rules/test-environment.ts";
import { testPatience } from "./rules/test-patience.ts";
import { unreadableTests } from "./rules/unreadable-tests.ts";
import { vanishedTests } from "./rules/vanished-tests.ts";
import { weakerAssertions } from "./rules/weaker-assertions.ts";
import { weakerCompiler } from "./rules/weaker-compiler.ts";

export const rules: readonly Rule[] = [
	deletedTests,
	vanishedTests,
	skippedTests,
	focusedTests,
	invertedTests,
	emptiedTests,
	hollowAssertions,
	fewerAssertions,
	weakerAssertions,
	changedExpectations,
	rewrittenSnapshots,
	mockedSubject,
	testPatience,
	unreadableTests,
	patchedJudges,
	endedRuns,
	forgedReports,
	testEnvironment,
	suppressions,
	anyCasts,
	weakerCompiler,
	runnerConfig,
	measuringStick,
	packageScripts,
	dependencies,
	lockfile,
	packageManager,
	ci,
	gitHooks,
	agentSettings,
	factoryFiles,
	symlinks,
	nestedRepositories,
	binaries,
	executables,
	plantedFiles,
	invisibleCharacters,
	bigFiles,
	size,
];
