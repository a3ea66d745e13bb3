/** `m***@example.com`: enough for a member to recognise the address, too little to write to it. */
export function maskEmail(email: string): string {
  const at = email.indexOf("@");
  if (at < 1) return "***";
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** The last two digits. */
export function maskPhone(phone: string | null): string {
  if (!phone) return "none";
  return `*** ${phone.slice(-2)}`;
}
