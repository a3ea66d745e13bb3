import { type SupportTicket, type Title, type User, usInternal, type WatchHistory } from "@tideline/shared";

/** Everything here reads from Virginia, with an operator's token. */
export async function ticketById(id: string): Promise<SupportTicket> {
  const { data } = await usInternal.get<SupportTicket>(`/tickets/${id}`);
  return data;
}

export async function openTickets(): Promise<SupportTicket[]> {
  const { data } = await usInternal.get<SupportTicket[]>("/tickets", { params: { state: "open" } });
  return data;
}

export async function userById(id: string): Promise<User> {
  const { data } = await usInternal.get<User>(`/users/${id}`);
  return data;
}

export async function historyOf(userId: string): Promise<WatchHistory> {
  const { data } = await usInternal.get<WatchHistory>(`/users/${userId}/history`);
  return data;
}

export async function titlesOf(region: string): Promise<Title[]> {
  const { data } = await usInternal.get<Title[]>("/titles", { params: { region } });
  return data;
}
