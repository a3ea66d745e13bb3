import { createTransport } from "nodemailer";
import { ticketById } from "../services/us-data.ts";

const mail = createTransport({ host: "smtp.us.tideline.example" });

/** Mails a case to colleagues. The server is at home; those who read it are not. */
export async function mailCase(ticketId: string) {
  const ticket = await ticketById(ticketId);
  await mail.sendMail({
    to: "Night shift <night-shift@bj.tideline.example>",
    subject: `Case ${ticket.id}`,
    text: `Please call ${ticket.author.fullName}.`,
  });
}
