/** Bad input: every problem, one message each. The program prints them without a stack trace and exits with 2. */
export class Problems extends Error {
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join("\n"));
    this.name = "Problems";
    this.messages = messages;
  }
}

/** Why a file cannot be read, for people. */
export function unreadable({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "no such file";
    case "EISDIR":
      return "is a directory; name a file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    default:
      return `cannot be read: ${message}`;
  }
}
