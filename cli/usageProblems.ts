import type { Argv, CommandModule } from "yargs";
import { suggestion } from "../models/scenario/nearestName.ts";

/** Names that a command knows: its flags, and its own commands. */
type KnownNames = { readonly flags: readonly string[]; readonly commands: readonly string[] };

const COMMON_FLAGS = ["help", "version"];

/**
 * What yargs says of a wrong command line, in our words and with the nearest known name.
 *
 * @param message  yargs' message
 * @param args     the words after `caseload`
 * @param commands every command of the program
 */
export function usageProblems(
  message: string,
  args: readonly string[],
  commands: readonly CommandModule<object, never>[],
): string[] {
  const names = commands.map((command) => String(command.command).split(" ")[0]);
  const command = commands[names.indexOf(args[0])];
  const help = command ? `caseload ${args[0]} --help` : "caseload --help";
  const unknown = /^Unknown (?:arguments?|commands?): (.*)$/s.exec(message);
  if (!unknown) return [`${message.replace(/\s*\n\s*/g, " ")} (see ${help})`];

  const isWord = (arg: string | undefined) => arg !== undefined && !arg.startsWith("-");
  if (!command && isWord(args[0])) return [`unknown command "${args[0]}"${suggestion(args[0], names)}`];
  const known = command ? knownNames(command) : { flags: [], commands: names };
  const reported = unknown[1].split(", ");
  const typed = reported.filter((name) => args.some((arg) => arg === name || isFlag(arg, name)));
  return (typed.length > 0 ? typed : reported).slice(0, 10).flatMap((name) => {
    const flag = args.find((arg) => isFlag(arg, name));
    if (flag) {
      const flags = [...new Set([...known.flags, ...COMMON_FLAGS])].map((one) => `--${one}`);
      return [`unknown flag ${flag.split("=")[0]}${suggestion(`--${name}`, flags)} (see ${help})`];
    }
    if (known.commands.length === 0) return [`unexpected "${name}" (see ${help})`];
    // Words after an unknown command belong to it.
    const isCommand = name === args.slice(1).find(isWord);
    return isCommand ? [`unknown command "${args[0]} ${name}"${suggestion(name, known.commands)}`] : [];
  });
}

function isFlag(arg: string, name: string): boolean {
  return arg.startsWith("-") && arg.replace(/^-+/, "").split("=")[0] === name;
}

/** What a command's builder declares, found by letting it declare to a notebook instead of yargs. */
function knownNames(module: CommandModule<object, never>): KnownNames {
  const flags: string[] = [];
  const commands: string[] = [];
  const notebook: unknown = new Proxy(
    {},
    {
      get: (_, method) => (first: unknown) => {
        if (method === "option" && typeof first === "string") flags.push(first);
        if (method === "options" && typeof first === "object" && first) flags.push(...Object.keys(first));
        if (method === "command") {
          const nested = first as CommandModule<object, never>;
          commands.push(String([nested.command].flat()[0]).split(" ")[0]);
          const below = knownNames(nested);
          flags.push(...below.flags);
        }
        return notebook;
      },
    },
  );
  if (typeof module.builder === "function") module.builder(notebook as Argv<object>);
  else if (module.builder) flags.push(...Object.keys(module.builder));
  return { flags, commands };
}
