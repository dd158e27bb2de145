/** Columns by wave, as `--waves` lists them: "x1,m1,y1;x2,m2,y2". */
export type Waves = readonly (readonly string[])[];

/** A name with the number that it ends in, or nearly: "m2", "qol_18", "t1x". */
type Numbered = { readonly stem: string; readonly number: number };

/**
 * The waves, and what is wrong with them: fewer than two, a wave of one variable, waves of unequal numbers, or names
 * whose numbers say that waves or variables stand in another order.
 */
export function parseWaves(text: string): { readonly waves: Waves; readonly problems: readonly string[] } {
  const waves = text
    .split(";")
    .map((wave) => wave.split(",").map((name) => name.trim()))
    .filter((wave) => wave.some((name) => name !== ""));
  return { waves, problems: wavesProblem(waves).map((problem) => `--waves: ${problem}`) };
}

function wavesProblem(waves: Waves): string[] {
  if (waves.length < 2) return ['at least two waves are needed, separated by semicolons: "x1,m1,y1;x2,m2,y2"'];
  const [first] = waves;
  const other = waves.findIndex((wave) => wave.length !== first.length);
  if (other > 0) {
    return [
      `wave ${other + 1} has ${waves[other].length} of the variables, wave 1 has ${first.length}; ` +
        "every wave needs the same variables in the same order",
    ];
  }
  if (first.length < 2) return ["a wave needs two variables or more, separated by commas"];
  if (waves.some((wave) => wave.includes(""))) return ["a name is empty between two commas"];
  return orderProblem(waves);
}

function orderProblem(waves: Waves): string[] {
  const numbered = waves.map((wave) => wave.map(numberedName));
  const stems = numbered.map((wave) => wave.map((name) => name?.stem ?? ""));
  const swapped = stems.findIndex((wave) => wave.join() !== stems[0].join() && sorted(wave) === sorted(stems[0]));
  if (swapped > 0) {
    return [`wave ${swapped + 1} lists ${waves[swapped].join(", ")}, wave 1 ${waves[0].join(", ")}; keep one order`];
  }
  for (let variable = 0; variable < waves[0].length; variable++) {
    for (let wave = 1; wave < waves.length; wave++) {
      const [before, after] = [numbered[wave - 1][variable], numbered[wave][variable]];
      if (before && after && before.stem === after.stem && before.number > after.number) {
        return [
          `${waves[wave - 1][variable]} comes before ${waves[wave][variable]}; list waves from the first to the last`,
        ];
      }
    }
  }
  return [];
}

function numberedName(name: string): Numbered | null {
  const found = /^(.*?)(\d+)(\D*)$/.exec(name);
  return found && { stem: `${found[1]}#${found[3]}`, number: Number(found[2]) };
}

function sorted(stems: readonly string[]): string {
  return [...stems].sort().join();
}
