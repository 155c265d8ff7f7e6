/** What tests are called, and what stands by them. This is the one list; proofs and rules ask `FileKinds`. */

const code = "{js,jsx,ts,tsx,mjs,cjs,mts,cts}";

/** Tests wherever they lie, also among fixtures. */
export const namedTests: readonly string[] = [
	`**/*.{test,spec,tests,specs,e2e,cy,test-d,bench}.${code}`,
	`**/*_{test,spec}.${code}`,
	`**/*-{test,spec}.${code}`,
	`**/{test,spec}.${code}`,
];

/** What node's own runner looks for besides; elsewhere `test-bench.ts` may be anything. */
export const nodeTests: readonly string[] = [`**/test-*.${code}`];

/** Tests, helpers, snapshots: all in these folders stands by the tests. */
export const testsAndHelpers: readonly string[] = [
	"**/{test,tests,spec,specs,e2e,cypress,testing}/**",
	"**/__{test,tests,mocks,snapshots,helpers,support}__/**",
	"**/{mock,mocks}/**",
	"**/{test,tests,testing,spec}{-,_,}{util,utils,helper,helpers,support,lib,kit}/**",
	`**/{test,tests,testing,spec}{-,_,.}{util,utils,helper,helpers,support}.${code}`,
	`**/*.{mock,mocks}.${code}`,
	`**/{testUtil,testUtils,testHelper,testHelpers,testingUtils}.${code}`,
	"**/*.snap",
];

/**
 * What tests read or lean on. Rules about tests do not look into them, for they may be examples of anything; but they are
 * the tests', and not what is tested.
 */
export const fixtureFolders: readonly string[] = ["**/{fixtures,fixture,__fixtures__,testdata,test-data,test_data}/**"];
