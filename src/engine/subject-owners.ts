import { Injectable } from '@nestjs/common';
import type { Lease } from './lease';
import { SubjectsRepository, type OwnedSubject } from './persistence/subjects.repository';

/** Which user a subject belongs to. Remembered from the last sync, so it outlives the binding that it came from. */
@Injectable()
export class SubjectOwners {
  constructor(private readonly subjects: SubjectsRepository) {}

  find(subjectId: string): Promise<string | undefined> {
    return this.subjects.findOwner(subjectId);
  }

  /** By subject, for those that have an owner. */
  async findMany(subjectIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.subjects.findOwners(subjectIds);
    return new Map(rows.map(({ id, userId }) => [id, userId]));
  }

  /** Joins the sync's transaction. */
  remember({ subjectId }: Lease, ownerId: string): Promise<void> {
    return this.subjects.setOwner(subjectId, ownerId);
  }

  listOwned(ownerId: string): Promise<OwnedSubject[]> {
    return this.subjects.listOwned(ownerId);
  }

  /**
   * Blocks syncs of the owner's subjects until the transaction ends. Locks in the order of the ids, so that two callers
   * cannot deadlock. `alsoId` names a subject that may not be remembered yet.
   */
  lockOwned(ownerId: string, alsoId: string | null): Promise<void> {
    return this.subjects.lockOwned(ownerId, alsoId);
  }
}
