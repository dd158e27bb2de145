#!/usr/bin/env node
import { buildCli } from "./buildCli.ts";
import { Problems } from "./problems.ts";

// The reader of a pipe may leave early (`caseload … | head`): no fault of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}

try {
  await buildCli(process.argv.slice(2)).parseAsync();
} catch (error) {
  if (error instanceof Problems) {
    process.stderr.write(`${error.messages.join("\n")}\n`);
    process.exitCode = 2;
  } else {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const wantsStack = Boolean(process.env.CASELOAD_DEBUG);
    const wayOut = "a fault of the program, not of the input; CASELOAD_DEBUG=1 shows where";
    process.stderr.write(wantsStack ? `${stack}\n` : `caseload: ${message}\n${wayOut}\n`);
    process.exitCode = 1;
  }
}
